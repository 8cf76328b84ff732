package io.sluice.cdc.sink;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * The proof of a commit.
 *
 * @param commit the number of the commit in the log
 * @param committedAt when the commit record was written, by this machine's clock
 * @param files how many files it made
 * @param rows how many rows they hold
 * @param bytes how many bytes they have
 * @param promoted completes with the moment at which all its files are readable in the final place;
 *     completes exceptionally when promotion failed for good (the commit stands all the same)
 */
public record CommitReceipt(
    long commit,
    Instant committedAt,
    int files,
    long rows,
    long bytes,
    CompletableFuture<Instant> promoted) {}
