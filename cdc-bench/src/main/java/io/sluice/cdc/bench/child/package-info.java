/** What runs in a process of its own while it is measured: Sluice and its baselines. */
@NullMarked
package io.sluice.cdc.bench.child;

import org.jspecify.annotations.NullMarked;
