/** Leaf: what the objects of the commit log hold, as JSON with a checksum. */
@NullMarked
package io.sluice.cdc.s3.internal.record;

import org.jspecify.annotations.NullMarked;
