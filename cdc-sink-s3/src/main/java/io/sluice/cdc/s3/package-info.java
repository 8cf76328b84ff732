/**
 * The sink that keeps Parquet files on S3: build one with {@link
 * io.sluice.cdc.s3.S3Sink#builder()}.
 */
@NullMarked
package io.sluice.cdc.s3;

import org.jspecify.annotations.NullMarked;
