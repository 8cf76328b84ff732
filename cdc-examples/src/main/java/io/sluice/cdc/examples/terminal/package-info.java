/** How a pipeline's progress is shown to people, with a terminal and without. */
@NullMarked
package io.sluice.cdc.examples.terminal;

import org.jspecify.annotations.NullMarked;
