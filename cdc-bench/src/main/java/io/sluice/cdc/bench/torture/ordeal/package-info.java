/** What a pipeline has to live through, one class a family of faults. */
@NullMarked
package io.sluice.cdc.bench.torture.ordeal;

import org.jspecify.annotations.NullMarked;
