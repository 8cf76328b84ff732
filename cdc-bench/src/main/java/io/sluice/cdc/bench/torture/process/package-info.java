/** Processes that tell what happens in them. */
@NullMarked
package io.sluice.cdc.bench.torture.process;

import org.jspecify.annotations.NullMarked;
