/** The front door: build a {@link io.sluice.cdc.CdcPipeline}, start it, close it. */
@NullMarked
package io.sluice.cdc;

import org.jspecify.annotations.NullMarked;
