/** Puts the rooms together and runs them: check, open, load, stream, stop. */
@NullMarked
package io.sluice.cdc.internal.pipeline;

import org.jspecify.annotations.NullMarked;
