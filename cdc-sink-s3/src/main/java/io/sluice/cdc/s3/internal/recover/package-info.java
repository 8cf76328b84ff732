/**
 * Opening: proves the store, reads the state, claims the epoch, finishes and tidies what older
 * writers left.
 */
@NullMarked
package io.sluice.cdc.s3.internal.recover;

import org.jspecify.annotations.NullMarked;
