/** Looks at the bucket: as a reader while it happens, and as a judge afterwards. */
@NullMarked
package io.sluice.cdc.bench.torture.judge;

import org.jspecify.annotations.NullMarked;
