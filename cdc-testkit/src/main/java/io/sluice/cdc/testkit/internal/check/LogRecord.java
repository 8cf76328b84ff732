package io.sluice.cdc.testkit.internal.check;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the checker reads of a record of the commit log; fields that it does not judge are left out.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record LogRecord(
    int format,
    String kind,
    long commit,
    List<LogFile> files,
    List<LogSchema> schemas,
    long firstSequence,
    long lastSequence,
    @Nullable Load load,
    List<LogFile> compacted,
    List<String> replaced) {
  static final String COMMIT = "commit";
  static final String CLAIM = "claim";

  @SuppressWarnings("ConstantValue") // Jackson passes null for what is absent
  LogRecord {
    kind = kind == null ? "" : kind;
    files = files == null ? List.of() : List.copyOf(files);
    schemas = schemas == null ? List.of() : List.copyOf(schemas);
    compacted = compacted == null ? List.of() : List.copyOf(compacted);
    replaced = replaced == null ? List.of() : List.copyOf(replaced);
  }

  boolean isCommit() {
    return kind.equals(COMMIT);
  }

  List<View> newViews() {
    return load == null ? List.of() : load.newViews();
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Load(List<View> newViews) {
    @SuppressWarnings("ConstantValue")
    Load {
      newViews = newViews == null ? List.of() : List.copyOf(newViews);
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record View(int number, long sequence) {}
}
