/** How JVMs of benchmarks and torture are started. */
@NullMarked
package io.sluice.cdc.bench.jvm;

import org.jspecify.annotations.NullMarked;
