/**
 * The commit log: the record whose conditional PUT is the atomic step, and the state it adds up to.
 */
@NullMarked
package io.sluice.cdc.s3.internal.commit;

import org.jspecify.annotations.NullMarked;
