/** Rows of files as Spark sees them. */
@NullMarked
package io.sluice.cdc.spark.internal.rows;

import org.jspecify.annotations.NullMarked;
