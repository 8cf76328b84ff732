/** Iceberg tables: their names, structures, numbers and commits. */
@NullMarked
package io.sluice.cdc.spark.internal.lake;

import org.jspecify.annotations.NullMarked;
