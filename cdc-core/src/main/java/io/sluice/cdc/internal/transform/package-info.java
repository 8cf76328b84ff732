/** Changes values, or leaves them out, before they leave the process. */
@NullMarked
package io.sluice.cdc.internal.transform;

import org.jspecify.annotations.NullMarked;
