/**
 * Numbers changes, drops those that a load already holds, and cuts them into batches at the ends of
 * transactions.
 */
@NullMarked
package io.sluice.cdc.internal.batch;

import org.jspecify.annotations.NullMarked;
