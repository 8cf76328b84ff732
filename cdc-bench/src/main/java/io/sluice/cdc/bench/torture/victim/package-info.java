/**
 * The pipeline as a process of its own, and the handle by which it is started, stopped and killed.
 */
@NullMarked
package io.sluice.cdc.bench.torture.victim;

import org.jspecify.annotations.NullMarked;
