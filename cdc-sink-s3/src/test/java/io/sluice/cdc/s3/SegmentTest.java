package io.sluice.cdc.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.error.StateException;
import io.sluice.cdc.s3.internal.record.RecordCodec;
import io.sluice.cdc.s3.internal.segment.SegmentReader;
import io.sluice.cdc.testkit.FaultProxy;
import io.sluice.cdc.testkit.fault.Fault;
import io.sluice.cdc.testkit.fault.FaultRule;
import io.sluice.cdc.testkit.fault.RequestMatch;
import io.sluice.cdc.testkit.fault.S3Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who reads a long log reads copies of a thousand records, and nothing but what the log says. */
@Tag("servers")
class SegmentTest {
  private static final int COMMITS = 3500;

  private final Lake lake = new Lake();
  private final WrittenLog log = new WrittenLog(lake);

  @BeforeEach
  void aLogWithThreeSegments() throws Exception {
    log.write(1, COMMITS);
    log.writeSegments(COMMITS);
  }

  @Test
  void aThousandCommitsTakeTwoRequests() throws Exception {
    try (FaultProxy proxy = FaultProxy.open(Lake.server());
        S3Sink sink = lake.builder(proxy.endpoint()).build()) {
      FaultRule gets = proxy.watch(RequestMatch.of(S3Operation.GET_OBJECT).key(".*/shop/.*"));
      FaultRule lists = proxy.watch(RequestMatch.of(S3Operation.LIST_OBJECTS));
      assertThat(read(sink, 0)).hasSize(COMMITS).extracting(LoggedCommit::commit).isSorted();
      assertThat(gets.fired()).isLessThanOrEqualTo(3 * 2 + 500 + 1);
      assertThat(lists.fired()).as("bucket, first record, segments, end").isEqualTo(4);
      long before = gets.fired();
      assertThat(read(sink, 1500)).hasSize(2000).first().matches(c -> c.commit() == 1501);
      assertThat(gets.fired() - before).isLessThanOrEqualTo(500 + 2 + 500 + 1);
    }
  }

  @Test
  void theyTellTheSameAsTheLogWithoutThem() throws Exception {
    List<LoggedCommit> with = read(0);
    List<LoggedCommit> fetched = fetch(0);
    List<LoggedCommit> middle = read(1500);
    removeSegments();
    assertThat(read(0)).hasSize(COMMITS).isEqualTo(with).isEqualTo(fetched);
    assertThat(read(1500)).isEqualTo(middle);
    assertThat(fetch(0)).isEqualTo(with);
    assertThat(fetch(1500)).isEqualTo(middle);
  }

  /** What can be wrong with a segment. */
  enum Wrong {
    MISSING,
    EMPTY,
    TRUNCATED,
    FLIPPED,
    NO_GZIP,
    A_RECORD_TOO_FEW,
    A_RECORD_TWICE,
    A_DAMAGED_RECORD,
    OF_ANOTHER_PIPELINE,
    OF_A_LOG_THAT_WAS_HERE_BEFORE,
    OF_A_FUTURE_FORMAT
  }

  @ParameterizedTest
  @EnumSource
  void whereOneIsWrongTheRecordsAreRead(Wrong wrong) throws Exception {
    List<LoggedCommit> all = read(0);
    spoil(wrong);
    try (Told told = new Told(SegmentReader.class)) {
      assertThat(read(0)).isEqualTo(all);
      int once = wrong == Wrong.MISSING ? 0 : 1;
      assertThat(told.warnings()).hasSize(once).allMatch(w -> w.contains("000002000.jsonl.gz"));
      assertThat(fetch(0)).isEqualTo(all);
      assertThat(told.warnings()).hasSize(2 * once);
    }
  }

  @Test
  void oneThatWasDamagedOnItsWayIsFetchedAgain() throws Exception {
    try (FaultProxy proxy = FaultProxy.open(Lake.server());
        S3Sink sink = lake.builder(proxy.endpoint()).build();
        Told told = new Told(SegmentReader.class)) {
      RequestMatch segment = RequestMatch.of(S3Operation.GET_OBJECT).key(".*/segment/.*2000.*");
      proxy.add(segment.nth(1), Fault.flipBit(5000));
      assertThat(read(sink, 0)).hasSize(COMMITS);
      assertThat(told.warnings()).isEmpty();
    }
  }

  @Test
  void whoMayNotReadThemReadsTheLog() throws Exception {
    try (FaultProxy proxy = FaultProxy.open(Lake.server());
        S3Sink sink = lake.builder(proxy.endpoint()).build();
        Told told = new Told(SegmentReader.class)) {
      proxy.add(RequestMatch.of(S3Operation.GET_OBJECT).key(".*/segment/.*"), Fault.accessDenied());
      assertThat(read(sink, 0)).hasSize(COMMITS);
      assertThat(told.warnings()).hasSize(1).first().asString().contains("s3:GetObject");
    }
  }

  @Test
  void aHoleInTheLogIsAnErrorWhereNoSegmentFillsIt() throws Exception {
    Files.delete(log.record(1500));
    assertThat(read(0)).as("the copy is as good").hasSize(COMMITS);
    Files.delete(log.segment(2000));
    assertThatThrownBy(() -> read(0))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("has a hole")
        .hasMessageContaining("00000000000000001500.json is missing");
    assertThatThrownBy(() -> fetch(0))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("has a hole");
    Files.write(log.record(1500), RecordCodec.write(WrittenLog.commit("shop", "w", 1500)));
    Files.delete(log.record(3400));
    assertThatThrownBy(() -> read(0)).hasMessageContaining("00000000000000003400.json is missing");
    assertThatThrownBy(() -> fetch(0)).hasMessageContaining("00000000000000003400.json is missing");
  }

  @Test
  void aHoleRightBeforeTheNextSegmentIsAnErrorToo() throws Exception {
    Files.delete(log.record(2000));
    assertThatThrownBy(() -> read(0)).hasMessageContaining("00000000000000002000.json is missing");
    assertThatThrownBy(() -> fetch(0)).hasMessageContaining("00000000000000002000.json is missing");
  }

  @Test
  void segmentsThatOutlivedTheEndOfTheLogAreNotBelieved() throws Exception {
    for (int commit = 500; commit <= COMMITS; commit++) {
      Files.delete(log.record(commit));
    }
    assertThat(read(0)).hasSize(499);
    assertThat(fetch(0)).hasSize(499);
  }

  @Test
  void whereOlderRecordsWereRemovedTheLogBeginsWithTheFirstThatIsThere() throws Exception {
    for (int commit = 1; commit <= 1200; commit++) {
      Files.delete(log.record(commit));
    }
    assertThat(read(0)).hasSize(COMMITS - 1200).first().matches(c -> c.commit() == 1201);
  }

  private List<LoggedCommit> read(long after) throws Exception {
    try (S3Sink sink = lake.sink()) {
      return read(sink, after);
    }
  }

  private static List<LoggedCommit> read(S3Sink sink, long after) throws Exception {
    List<LoggedCommit> commits = new ArrayList<>();
    sink.readLog(Rows.PIPELINE, after, commits::add);
    return commits;
  }

  /** By keys alone, as Spark does. */
  private List<LoggedCommit> fetch(long after) throws Exception {
    List<LoggedCommit> commits = new ArrayList<>();
    Path place = lake.finalFolder().resolve("raw");
    CommitLogReader reader =
        new CommitLogReader(
            Rows.PIPELINE,
            key ->
                Files.exists(place.resolve(key)) ? Files.readAllBytes(place.resolve(key)) : null);
    long last = reader.read(after, commits::add);
    assertThat(last).isEqualTo(commits.get(commits.size() - 1).commit());
    return commits;
  }

  private void removeSegments() throws IOException {
    for (int last = 1000; last <= COMMITS; last += 1000) {
      Files.delete(log.segment(last));
    }
  }

  private void spoil(Wrong wrong) throws IOException {
    Path place = log.segment(2000);
    byte[] good = Files.readAllBytes(place);
    List<byte[]> lines = log.lines(2000);
    switch (wrong) {
      case MISSING -> Files.delete(place);
      case EMPTY -> Files.write(place, new byte[0]);
      case TRUNCATED -> Files.write(place, Arrays.copyOf(good, good.length / 2));
      case FLIPPED -> {
        good[good.length / 2] ^= 1;
        Files.write(place, good);
      }
      case NO_GZIP -> Files.write(place, lines.get(0));
      case A_RECORD_TOO_FEW -> Files.write(place, WrittenLog.gzip(lines.subList(0, 999)));
      case A_RECORD_TWICE -> Files.write(place, WrittenLog.gzip(with(lines, lines.get(499))));
      case A_DAMAGED_RECORD -> {
        byte[] damaged = lines.get(500).clone();
        damaged[100] ^= 1;
        Files.write(place, WrittenLog.gzip(with(lines, damaged)));
      }
      case OF_ANOTHER_PIPELINE ->
          Files.write(
              place,
              WrittenLog.gzip(
                  with(lines, RecordCodec.write(WrittenLog.commit("other", "w", 1501)))));
      case OF_A_LOG_THAT_WAS_HERE_BEFORE -> {
        List<byte[]> others = new ArrayList<>();
        for (int commit = 1001; commit <= 2000; commit++) {
          others.add(RecordCodec.write(WrittenLog.commit("shop", "another", commit)));
        }
        Files.write(place, WrittenLog.gzip(others));
      }
      case OF_A_FUTURE_FORMAT -> {
        String future = new String(lines.get(500), UTF_8).replace("{\"format\":1", "{\"format\":9");
        Files.write(place, WrittenLog.gzip(with(lines, future.getBytes(UTF_8))));
      }
    }
  }

  private static List<byte[]> with(List<byte[]> lines, byte[] another) {
    List<byte[]> changed = new ArrayList<>(lines);
    changed.set(500, another);
    return changed;
  }
}
