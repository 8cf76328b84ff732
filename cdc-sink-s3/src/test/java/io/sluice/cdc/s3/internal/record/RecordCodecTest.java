package io.sluice.cdc.s3.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.error.StateException;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.LoadedRange;
import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.SourceState;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/**
 * The texts here are the format that is promised; who changes one must raise the format's number.
 */
class RecordCodecTest {
  private static final TableName TABLE = new TableName("shop", "orders");
  private static final WriterEntry WRITER =
      new WriterEntry("w1", "host1", 77, "2026-01-02T03:04:05Z");
  private static final SourcePosition POSITION =
      new SourcePosition("binlog.000007", 1234, "u:1-9", "u");
  private static final SchemaEntry SCHEMA =
      SchemaEntry.of(
          1,
          new TableSchema(
              TABLE,
              List.of(
                  new Column("id", "bigint", ColumnType.of(LogicalType.INT64), false),
                  new Column("price", "decimal(10,2)", ColumnType.decimal(10, 2), true)),
              List.of("id")));
  private static final LoadView VIEW = new LoadView(1, 5, POSITION, 99);
  private static final TableLoad LOAD =
      new TableLoad(TABLE, false, List.of(new LoadedRange(1, null, List.of("10"))), 10, 100);

  private static final String POSITION_JSON =
      "{'binlogFile':'binlog.000007','binlogPosition':1234,'gtidSet':'u:1-9','serverUuid':'u'}";
  private static final String SOURCE_JSON =
      "{'position':" + POSITION_JSON + ",'engineOffset':{'pos':1234}}";
  private static final String SCHEMA_JSON =
      "{'version':1,'database':'shop','table':'orders','columns':[{'name':'id','mysqlType':'bigint','logical':'INT64',"
          + "'precision':0,'scale':0,'nullable':false},{'name':'price','mysqlType':'decimal(10,2)',"
          + "'logical':'SMALL_DECIMAL','precision':10,'scale':2,'nullable':true}],'key':['id']}";
  private static final String VIEW_JSON =
      "{'number':1,'sequence':5,'position':" + POSITION_JSON + ",'takenMicros':99}";
  private static final String LOAD_JSON =
      "{'table':{'database':'shop','table':'orders'},'done':false,'ranges':[{'view':1,'after':null,'upTo':['10']}],"
          + "'rows':10,'bytes':100}";

  @Test
  void theOrderOfAKeyIsWrittenOnlyWhereBoundsNeedIt() {
    TableLoad bounded =
        new TableLoad(TABLE, false, LOAD.ranges(), 10, 100, "`k` varchar(9) utf8mb4_bin");
    LoadState state = new LoadState(List.of(), List.of(LOAD, bounded));
    String text = new String(RecordCodec.write(state), StandardCharsets.UTF_8);
    assertThat(text).containsOnlyOnce(",\"keyOrder\":\"`k` varchar(9) utf8mb4_bin\"");
    assertThat(RecordCodec.read(RecordCodec.write(state), "there", LoadState.class))
        .isEqualTo(state);
  }

  @Test
  void aCommitIsSpelledAsPromised() {
    LogRecord record =
        new LogRecord(
            1,
            "commit",
            42,
            "shop",
            3,
            WRITER,
            "2026-01-02T03:04:06Z",
            new SourceState(POSITION, Map.of("pos", 1234L)),
            6,
            9,
            false,
            List.of(file()),
            List.of(SCHEMA),
            List.of("ddl"),
            new LoadChange(List.of(VIEW), List.of(2), List.of(LOAD), List.of(TABLE)));
    String json =
        "{'format':1,'kind':'commit','commit':42,'pipeline':'shop','epoch':3,'writer':{'id':'w1','host':'host1',"
            + "'pid':77,'since':'2026-01-02T03:04:05Z'},'time':'2026-01-02T03:04:06Z','source':"
            + SOURCE_JSON
            + ",'firstSequence':6,'lastSequence':9,'endsInsideTransaction':false,'files':[{'database':'shop',"
            + "'table':'orders','kind':'change','key':'k','temporaryKey':'t','rows':4,'bytes':500,"
            + "'checksum':'crc32c:00000000','md5':'m','schema':1,'firstSequence':6,'lastSequence':9,"
            + "'dt':'2026-01-02'}],'schemas':["
            + SCHEMA_JSON
            + "],'schemaHistory':['ddl'],'load':{'newViews':["
            + VIEW_JSON
            + "],'passedViews':[2],'tables':["
            + LOAD_JSON
            + "],'forgotten':[{'database':'shop','table':'orders'}]}}";
    expect(record, json, LogRecord.class);
  }

  @Test
  void aCommitThatCompactsIsSpelledAsPromised() {
    LogRecord record =
        new LogRecord(
            LogRecord.FORMAT_COMPACTED,
            "commit",
            43,
            "shop",
            3,
            WRITER,
            "2026-01-02T03:04:06Z",
            null,
            0,
            9,
            true,
            List.of(),
            List.of(),
            List.of(),
            LoadChange.NONE,
            List.of(compacted().at("k2")),
            List.of("k0", "k1"));
    String json =
        "{'format':2,'kind':'commit','commit':43,'pipeline':'shop','epoch':3,'writer':{'id':'w1','host':'host1',"
            + "'pid':77,'since':'2026-01-02T03:04:05Z'},'time':'2026-01-02T03:04:06Z','firstSequence':0,"
            + "'lastSequence':9,'endsInsideTransaction':true,'files':[],'schemas':[],'schemaHistory':[],"
            + "'load':{'newViews':[],'passedViews':[],'tables':[],'forgotten':[]},'compacted':["
            + COMPACTED_JSON.replace("'key':''", "'key':'k2'")
            + "],'replaced':['k0','k1']}";
    expect(record, json, LogRecord.class);
  }

  @Test
  void aRequestToCompactIsSpelledAsPromised() {
    CompactionRecord record =
        new CompactionRecord(
            1,
            "shop",
            "an-id",
            "2026-01-02T03:04:06Z",
            "host1",
            77,
            42,
            compacted(),
            List.of("k0", "k1"));
    String json =
        "{'format':1,'pipeline':'shop','id':'an-id','time':'2026-01-02T03:04:06Z','host':'host1','pid':77,"
            + "'readUpTo':42,'file':"
            + COMPACTED_JSON
            + ",'replaced':['k0','k1']}";
    expect(record, json, CompactionRecord.class);
  }

  private static final String COMPACTED_JSON =
      "{'database':'shop','table':'orders','kind':'change','key':'','temporaryKey':'t','rows':4,'bytes':500,"
          + "'checksum':'crc32c:00000000','schema':1,'firstSequence':6,'lastSequence':9,'dt':'2026-01-02',"
          + "'firstCommit':40,'lastCommit':41}";

  private static FileEntry compacted() {
    return new FileEntry(
        "shop",
        "orders",
        "change",
        "",
        "t",
        4,
        500,
        "crc32c:00000000",
        null,
        1,
        6,
        9,
        "2026-01-02",
        40L,
        41L);
  }

  @Test
  void aCheckpointIsSpelledAsPromised() {
    CheckpointRecord record =
        new CheckpointRecord(
            1,
            "shop",
            42,
            3,
            "2026-01-02T03:04:06Z",
            40,
            new SourceState(POSITION, Map.of("pos", 1234L)),
            9,
            List.of(SCHEMA),
            List.of("ddl"),
            new LoadState(List.of(VIEW), List.of(LOAD)),
            false);
    String json =
        "{'format':1,'pipeline':'shop','commit':42,'epoch':3,'time':'2026-01-02T03:04:06Z','promotedUpTo':40,"
            + "'source':"
            + SOURCE_JSON
            + ",'lastSequence':9,'schemas':["
            + SCHEMA_JSON
            + "],'schemaHistory':['ddl'],'load':{'views':["
            + VIEW_JSON
            + "],'tables':["
            + LOAD_JSON
            + "]}}";
    expect(record, json, CheckpointRecord.class);
  }

  @Test
  void columnsThatAreLeftOutAreNamedOnlyWhereThereAreAny() {
    TableSchema whole = SCHEMA.schema();
    SchemaEntry entry =
        SchemaEntry.of(
            1, new TableSchema(TABLE, whole.columns(), whole.key(), List.of("mail", "Phone")));
    String json = SCHEMA_JSON.replace("'key':['id']}", "'key':['id'],'dropped':['mail','Phone']}");
    expect(entry, json, SchemaEntry.class);
    assertThat(entry.schema().dropped()).containsExactly("mail", "Phone");
    expect(SCHEMA, SCHEMA_JSON, SchemaEntry.class); // as before there was such a field
    assertThat(SCHEMA.schema().dropped()).isEmpty();
  }

  @Test
  void aNoticeIsSpelledAsPromised() {
    PromotedRecord record =
        new PromotedRecord(
            1,
            "shop",
            42,
            "2026-01-02T03:04:07Z",
            4,
            List.of(PromotedRecord.PromotedFile.of(file())),
            List.of(),
            List.of());
    String json =
        "{'format':1,'pipeline':'shop','commit':42,'time':'2026-01-02T03:04:07Z','rows':4,'files':[{'database':'shop',"
            + "'table':'orders','kind':'change','key':'k','rows':4,'bytes':500,'dt':'2026-01-02'}]}";
    expect(record, json, PromotedRecord.class);
  }

  @Test
  void everySingleFlippedBitIsFound() {
    byte[] bytes = RecordCodec.write(new OwnerRecord(1, "shop", "s3://lake/raw"));
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] spoiled = bytes.clone();
      spoiled[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> RecordCodec.read(spoiled, "s3://b/k", OwnerRecord.class))
          .isInstanceOf(StateException.class)
          .hasMessageStartingWith("s3://b/k ");
    }
  }

  @Test
  void fieldsThatAreNotKnownAreIgnored() {
    String body =
        "{\"format\":1,\"pipeline\":\"shop\",\"location\":\"s3://lake/raw\",\"later\":[1]}";
    OwnerRecord record = RecordCodec.read(withChecksum(body), "s3://b/k", OwnerRecord.class);
    assertThat(record).isEqualTo(new OwnerRecord(1, "shop", "s3://lake/raw"));
  }

  private static <T> void expect(T record, String quoted, Class<T> type) {
    String body = quoted.replace('\'', '"');
    byte[] bytes = RecordCodec.write(record);
    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .isEqualTo(new String(withChecksum(body), StandardCharsets.UTF_8));
    assertThat(RecordCodec.read(bytes, "s3://b/k", type)).isEqualTo(record);
  }

  /** The rule of the documentation, written a second time. */
  private static byte[] withChecksum(String body) {
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    String checksum = String.format("crc32c:%08x", crc.getValue());
    return (body.substring(0, body.length() - 1) + ",\"checksum\":\"" + checksum + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static FileEntry file() {
    return new FileEntry(
        "shop",
        "orders",
        "change",
        "k",
        "t",
        4,
        500,
        "crc32c:00000000",
        "m",
        1,
        6,
        9,
        "2026-01-02",
        null,
        null);
  }
}
