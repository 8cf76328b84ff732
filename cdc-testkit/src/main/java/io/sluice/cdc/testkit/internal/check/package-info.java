/** How the row checker reads the commit log, the files and MySQL, and what it compares. */
@NullMarked
package io.sluice.cdc.testkit.internal.check;

import org.jspecify.annotations.NullMarked;
