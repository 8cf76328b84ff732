package io.sluice.cdc.s3.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableName;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  private final Keys keys = new Keys("raw", "tmp", new PipelineId("shop"));

  @ParameterizedTest
  @CsvSource({
    "orders, orders",
    "order_items, order_items",
    "_hidden, %5Fhidden",
    ".hidden, %2Ehidden",
    "a.b, a.b",
    "100%, 100%25",
    "a b, a%20b",
    "a/b, a%2Fb",
    "żółw, żółw",
    "數據, 數據"
  })
  void aNameIsSpelledSoThatReadersSeeIt(String name, String part) {
    assertThat(Names.escape(name)).isEqualTo(part);
    assertThat(Names.unescape(part)).isEqualTo(name);
  }

  @Test
  void everyCharacterComesBackAndNoTwoNamesCollide() {
    Set<String> seen = new HashSet<>();
    for (int c = 1; c < 0xD800; c++) {
      for (String name : List.of(Character.toString(c), "x" + Character.toString(c))) {
        String part = Names.escape(name);
        assertThat(Names.unescape(part)).isEqualTo(name);
        assertThat(seen.add(part)).isTrue();
        assertThat(part).doesNotContain("/", "=", "*").doesNotStartWith("_").doesNotStartWith(".");
      }
    }
  }

  @Test
  void keysAreSpelledAsTheFormatSays() {
    TableName table = new TableName("shop", "order items");
    assertThat(keys.data(table, LocalDate.of(2026, 3, 4), 42, 7, RowBatch.Kind.LOAD))
        .isEqualTo("raw/shop/order%20items/dt=2026-03-04/00000000000000000042-00007-load.parquet");
    assertThat(keys.log(42)).isEqualTo("raw/_sluice/shop/log/00000000000000000042.json");
    assertThat(keys.checkpoint(42))
        .isEqualTo("raw/_sluice/shop/checkpoint/00000000000000000042.json");
    assertThat(keys.segment(2000))
        .isEqualTo("raw/_sluice/shop/segment/00000000000000002000.jsonl.gz");
    assertThat(Keys.segmentOf(keys.segment(2000))).isEqualTo(2000);
    assertThat(Keys.segmentOf(keys.segment(2001))).isEqualTo(-1);
    assertThat(Keys.segmentOf(keys.log(2000))).isEqualTo(-1);
    assertThat(keys.promoted(42)).isEqualTo("raw/_sluice/shop/promoted/00000000000000000042.json");
    assertThat(keys.staged(3, 12, 1, table))
        .isEqualTo("tmp/shop/0000000003/00000012-order~20items-00001.parquet");
    assertThat(keys.epochOf(keys.staged(3, 12, 1, table))).isEqualTo(3);
    assertThat(keys.epochOf(keys.temporaryOwner())).isEqualTo(-1);
    assertThat(new Keys("", "", new PipelineId("p")).log(1))
        .isEqualTo("_sluice/p/log/00000000000000000001.json");
  }

  @Test
  void theLongestOrdinaryNamesFitAKeyAndAFileName() {
    TableName table = new TableName("數".repeat(64), "據".repeat(64));
    assertThat(
            keys.data(table, LocalDate.EPOCH, 1, 1, RowBatch.Kind.CHANGE)
                .getBytes(StandardCharsets.UTF_8)
                .length)
        .isLessThan(1024);
    String staged = keys.staged(1, 1, 1, table);
    assertThat(
            staged.substring(staged.lastIndexOf('/') + 1).getBytes(StandardCharsets.UTF_8).length)
        .isLessThan(255);
  }

  @Test
  void aKeyThatS3CannotHoldIsRefusedByName() {
    TableName table = new TableName("☃".repeat(64), "☃".repeat(64));
    assertThatThrownBy(() -> keys.data(table, LocalDate.EPOCH, 1, 1, RowBatch.Kind.CHANGE))
        .hasMessageContaining("☃☃.☃☃")
        .hasMessageContaining("longer than 1024 bytes");
  }
}
