/** From staged to final: server-side copies after the commit. */
@NullMarked
package io.sluice.cdc.s3.internal.promote;

import org.jspecify.annotations.NullMarked;
