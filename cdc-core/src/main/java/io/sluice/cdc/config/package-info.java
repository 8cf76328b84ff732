/** Leaf: immutable configuration with its builders; problems are reported all at once. */
@NullMarked
package io.sluice.cdc.config;

import org.jspecify.annotations.NullMarked;
