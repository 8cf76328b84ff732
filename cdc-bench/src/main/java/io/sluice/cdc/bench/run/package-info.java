/** Runs Sluice and its baselines, each in a process of its own, in turns. */
@NullMarked
package io.sluice.cdc.bench.run;

import org.jspecify.annotations.NullMarked;
