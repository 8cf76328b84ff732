/** Leaf: what a pipeline tells about itself, as data. */
@NullMarked
package io.sluice.cdc.status;

import org.jspecify.annotations.NullMarked;
