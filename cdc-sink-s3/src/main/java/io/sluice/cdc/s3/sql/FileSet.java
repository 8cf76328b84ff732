package io.sluice.cdc.s3.sql;

import io.sluice.cdc.s3.LoggedCommit;
import java.time.LocalDate;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Files of one table that were committed one after the other, as few facts as are needed. */
final class FileSet {
  private final TreeSet<Integer> versions = new TreeSet<>();
  private final TreeMap<LocalDate, Span> days = new TreeMap<>();

  /**
   * Names of files in one folder. Names begin with the number of the commit, so that no later file
   * comes to lie between them.
   */
  record Span(String first, String last) {
    Span and(Span other) {
      return new Span(
          first.compareTo(other.first) <= 0 ? first : other.first,
          last.compareTo(other.last) >= 0 ? last : other.last);
    }
  }

  void add(LoggedCommit.File file) {
    versions.add(file.structure());
    String name = file.key().substring(file.key().lastIndexOf('/') + 1);
    days.merge(file.day(), new Span(name, name), Span::and);
  }

  /** Both. */
  FileSet and(FileSet other) {
    FileSet both = new FileSet();
    both.versions.addAll(versions);
    both.versions.addAll(other.versions);
    both.days.putAll(days);
    other.days.forEach((day, span) -> both.days.merge(day, span, Span::and));
    return both;
  }

  /** The versions of structures that the files have. */
  SortedSet<Integer> versions() {
    return versions;
  }

  /** The first and the last file of each day. */
  SortedMap<LocalDate, Span> days() {
    return days;
  }
}
