/**
 * Segments: copies of the log, a thousand records in one object, for who reads all of it. The log
 * itself stays what is true.
 */
@NullMarked
package io.sluice.cdc.s3.internal.segment;

import org.jspecify.annotations.NullMarked;
