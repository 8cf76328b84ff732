package io.sluice.cdc.s3.internal.compact;

import io.sluice.cdc.event.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Predicate;

/**
 * What is to be compacted.
 *
 * @param targetBytes about how large files become; those of less than half are small
 * @param minFiles so few small files are left alone
 * @param before days before this one
 * @param keep how long files stay once others have taken their place
 * @param now the time by which that is judged
 * @param tables which tables
 */
public record CompactionRules(
    long targetBytes,
    int minFiles,
    LocalDate before,
    Duration keep,
    Instant now,
    Predicate<TableName> tables) {}
