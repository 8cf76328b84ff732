package io.sluice.cdc.s3;

import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.internal.record.FileEntry;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.record.SchemaEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Consumer;

/** Turns records into what readers are promised. */
final class LogTour {
  private LogTour() {}

  /** Passes a record on; claims say nothing about rows and are left out. */
  static void tell(LogRecord record, Consumer<LoggedCommit> to) {
    if (record.isClaim()) {
      return;
    }
    to.accept(
        new LoggedCommit(
            record.commit(),
            Instant.parse(record.time()),
            record.lastSequence(),
            record.endsInsideTransaction(),
            record.files().stream().map(LogTour::file).toList(),
            record.schemas().stream().map(LogTour::structure).toList(),
            record.load().tables().stream().map(TableLoad::table).toList(),
            record.load().forgotten(),
            record.compacted().stream().map(LogTour::file).toList(),
            record.replaced()));
  }

  private static LoggedCommit.File file(FileEntry file) {
    return new LoggedCommit.File(
        new TableName(file.database(), file.table()),
        file.key(),
        file.kind().equals("load"),
        file.rows(),
        file.schema(),
        file.firstSequence(),
        file.lastSequence(),
        LocalDate.parse(file.dt()));
  }

  private static LoggedCommit.Structure structure(SchemaEntry entry) {
    return new LoggedCommit.Structure(entry.version(), entry.schema());
  }
}
