/** Random tables and statements. */
@NullMarked
package io.sluice.cdc.testkit.random;

import org.jspecify.annotations.NullMarked;
