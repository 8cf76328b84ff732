/** Leaf: named places at which a test can let the process die. */
@NullMarked
package io.sluice.cdc.s3.internal.failpoint;

import org.jspecify.annotations.NullMarked;
