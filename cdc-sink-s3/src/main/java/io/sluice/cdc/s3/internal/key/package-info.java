/** Leaf: how every key is spelled. */
@NullMarked
package io.sluice.cdc.s3.internal.key;

import org.jspecify.annotations.NullMarked;
