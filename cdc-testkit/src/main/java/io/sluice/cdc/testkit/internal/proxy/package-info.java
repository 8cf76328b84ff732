/** The proxies' inner parts: HTTP heads and bodies, pacing, one exchange. */
@NullMarked
package io.sluice.cdc.testkit.internal.proxy;

import org.jspecify.annotations.NullMarked;
