/** Reads the commit log by Spark's own file system: what is new for each table. */
@NullMarked
package io.sluice.cdc.spark.internal.log;

import org.jspecify.annotations.NullMarked;
