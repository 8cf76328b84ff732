/** The benchmark command: {@code bin/bench}. */
@NullMarked
package io.sluice.cdc.bench;

import org.jspecify.annotations.NullMarked;
