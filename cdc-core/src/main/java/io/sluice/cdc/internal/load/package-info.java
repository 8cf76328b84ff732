/**
 * The full load: consistent views, chunks along keys, rows over JDBC straight into column vectors.
 */
@NullMarked
package io.sluice.cdc.internal.load;

import org.jspecify.annotations.NullMarked;
