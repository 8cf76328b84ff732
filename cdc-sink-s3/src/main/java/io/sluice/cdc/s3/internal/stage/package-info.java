/**
 * Files on their way: encoded and uploaded under the temporary prefix within a budget of memory.
 */
@NullMarked
package io.sluice.cdc.s3.internal.stage;

import org.jspecify.annotations.NullMarked;
