/**
 * Breaks a running pipeline in every way that is known, at random, and judges what is left in the
 * bucket.
 */
@NullMarked
package io.sluice.cdc.bench.torture;

import org.jspecify.annotations.NullMarked;
