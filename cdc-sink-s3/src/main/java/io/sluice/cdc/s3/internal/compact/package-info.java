/**
 * Compaction: small files of days that are over are rewritten into large ones beside the pipeline,
 * and the pipeline's writer is asked to let them take the place of the others.
 */
@NullMarked
package io.sluice.cdc.s3.internal.compact;

import org.jspecify.annotations.NullMarked;
