package io.sluice.cdc.bench.torture.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader that overlooks something would make every round look good. */
class OnlookerTest {
  private static final String KEY =
      "p/db/t/dt=2026-01-01/00000000000000000002-00000-change.parquet";
  private static final String LARGE =
      "p/db/t/dt=2026-01-01/00000000000000000003-00000-change.parquet";
  private static final byte[] FILE = "PAR1 some rows PAR1".getBytes(StandardCharsets.UTF_8);

  @TempDir Path copies;
  private final MemoryStore store = new MemoryStore();
  private Onlooker onlooker;

  @BeforeEach
  void look() {
    onlooker = new Onlooker(store, "p/", "pipe", copies);
  }

  @Test
  void isContentWithAFileThatItsCommitLists() {
    commit(FILE);
    store.put(KEY, FILE);
    onlooker.look();
    onlooker.look();
    assertThat(onlooker.complaints()).isEmpty();
    assertThat(onlooker.reads()).isEqualTo(1);
    assertThat(onlooker.copy(KEY)).hasBinaryContent(FILE);
  }

  @Test
  void doesNotMindThatAFileIsPromotedAgain() {
    commit(FILE);
    store.put(KEY, FILE);
    onlooker.look();
    store.put(KEY, FILE);
    onlooker.look();
    assertThat(onlooker.complaints()).isEmpty();
    assertThat(onlooker.reads()).isEqualTo(2);
  }

  @Test
  void seesAFileWithoutACommit() {
    store.put(KEY, FILE);
    onlooker.look();
    assertThat(onlooker.complaints())
        .singleElement()
        .asString()
        .contains(KEY, "commit 2 does not list it");
  }

  @Test
  void seesAFileThatCameBeforeItsCommitEvenWhenTheCommitComesLater() {
    store.put(KEY, FILE);
    onlooker.look();
    commit(FILE);
    onlooker.look();
    assertThat(onlooker.complaints()).isNotEmpty();
  }

  @Test
  void seesAFileThatHasChanged() {
    commit(FILE);
    store.put(KEY, FILE);
    onlooker.look();
    store.put(
        KEY, "PAR1 same size! PAR1".substring(0, FILE.length).getBytes(StandardCharsets.UTF_8));
    onlooker.look();
    assertThat(onlooker.complaints()).singleElement().asString().contains(KEY, "checksum");
  }

  @Test
  void seesAFileThatIsCutShort() {
    commit(FILE);
    store.put(KEY, "PAR1 some".getBytes(StandardCharsets.UTF_8));
    onlooker.look();
    assertThat(onlooker.complaints()).singleElement().asString().contains("9 bytes");
  }

  @Test
  void seesAFileThatIsNoParquetThoughItsChecksumIsRight() {
    byte[] text = "rows without a footer".getBytes(StandardCharsets.UTF_8);
    commit(text);
    store.put(KEY, text);
    onlooker.look();
    assertThat(onlooker.complaints()).singleElement().asString().contains("Parquet");
  }

  @Test
  void seesAFileThatHasVanished() {
    commit(FILE);
    store.put(KEY, FILE);
    onlooker.look();
    store.remove(KEY);
    onlooker.look();
    assertThat(onlooker.complaints()).singleElement().asString().contains("vanished");
  }

  @Test
  void doesNotMindThatACompactionTakesAFileAwayOnceAnotherIsInItsPlace() {
    commit(FILE);
    store.put(KEY, FILE);
    onlooker.look();
    compaction();
    store.put(LARGE, FILE);
    onlooker.look();
    store.remove(KEY);
    onlooker.look();
    assertThat(onlooker.complaints()).isEmpty();
    assertThat(onlooker.reads()).isEqualTo(2);
  }

  @Test
  void seesThatACompactionTookAFileAwayBeforeAnotherWasInItsPlace() {
    commit(FILE);
    store.put(KEY, FILE);
    onlooker.look();
    compaction();
    store.remove(KEY);
    onlooker.look();
    assertThat(onlooker.complaints()).singleElement().asString().contains(KEY, "before", LARGE);
  }

  @Test
  void seesAFileWithANameOfItsOwn() {
    store.put("p/db/t/part-0.parquet", FILE);
    onlooker.look();
    assertThat(onlooker.complaints()).singleElement().asString().contains("none of ours");
  }

  private void commit(byte[] file) {
    record(2, "\"files\":[" + entry(KEY, file) + "]");
  }

  private void compaction() {
    record(
        3,
        "\"files\":[],\"compacted\":[" + entry(LARGE, FILE) + "],\"replaced\":[\"" + KEY + "\"]");
  }

  private static String entry(String key, byte[] file) {
    return "{\"table\":\"t\",\"kind\":\"change\",\"key\":\""
        + key
        + "\",\"rows\":1,\"bytes\":"
        + file.length
        + ",\"checksum\":\""
        + Onlooker.checksum(file)
        + "\"}";
  }

  private void record(long number, String lists) {
    String record = "{\"kind\":\"commit\",\"commit\":" + number + "," + lists + "}";
    store.put(
        "p/_sluice/pipe/log/" + CommitNote.objectName(number),
        record.getBytes(StandardCharsets.UTF_8));
  }
}
