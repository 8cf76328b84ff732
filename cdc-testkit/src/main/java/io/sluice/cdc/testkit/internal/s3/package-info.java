/** The S3 server: S3Proxy in a process of its own, or LocalStack in a container. */
@NullMarked
package io.sluice.cdc.testkit.internal.s3;

import org.jspecify.annotations.NullMarked;
