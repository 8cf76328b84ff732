/** Figures: samples, medians, tables and JSON. */
@NullMarked
package io.sluice.cdc.bench.report;

import org.jspecify.annotations.NullMarked;
