/** Rows to Parquet. The only place that knows Parquet. */
@NullMarked
package io.sluice.cdc.s3.internal.encode;

import org.jspecify.annotations.NullMarked;
