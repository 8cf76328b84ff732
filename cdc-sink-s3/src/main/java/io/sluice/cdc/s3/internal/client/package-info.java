/** Leaf: S3 requests with bounded retries and errors that name bucket, key and action. */
@NullMarked
package io.sluice.cdc.s3.internal.client;

import org.jspecify.annotations.NullMarked;
