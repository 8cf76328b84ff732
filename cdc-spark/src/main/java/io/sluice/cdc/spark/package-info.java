/**
 * Merges the commit log of a pipeline into Apache Iceberg tables, on Spark: {@link
 * io.sluice.cdc.spark.LakeMerge} for programs, {@link io.sluice.cdc.spark.MergeJob} for
 * spark-submit and Python.
 */
@NullMarked
package io.sluice.cdc.spark;

import org.jspecify.annotations.NullMarked;
