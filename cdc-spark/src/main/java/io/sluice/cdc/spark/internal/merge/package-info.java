/** Merges what is new into one table. */
@NullMarked
package io.sluice.cdc.spark.internal.merge;

import org.jspecify.annotations.NullMarked;
