/** Leaf: the exceptions of Sluice; each says which thing is wrong and what to do. */
@NullMarked
package io.sluice.cdc.error;

import org.jspecify.annotations.NullMarked;
