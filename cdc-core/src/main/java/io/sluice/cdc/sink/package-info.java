/**
 * SPI: where rows go. The sink owns the truth: rows, position and progress are committed together.
 */
@NullMarked
package io.sluice.cdc.sink;

import org.jspecify.annotations.NullMarked;
