package io.sluice.cdc.s3.internal.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.error.UnsupportedColumnException;
import io.sluice.cdc.event.BytesVector;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.DoubleVector;
import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.LongVector;
import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.event.Transaction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetEncoderTest {
  private static final TableName TABLE = new TableName("shop", "t");
  private static final Transaction TX = new Transaction("uuid:7", 1_700_000_000_123_456L);

  @TempDir Path folder;

  @Test
  void everyWholeNumberKeepsItsEdgesAndItsWidth() throws Exception {
    TableSchema table =
        table(
            column("a", LogicalType.INT8),
            column("b", LogicalType.INT16),
            column("c", LogicalType.INT32),
            column("d", LogicalType.INT64));
    RowBatch batch = new RowBatch(table, RowBatch.Kind.CHANGE);
    long[][] rows = {
      {-128, -32768, Integer.MIN_VALUE, Long.MIN_VALUE},
      {127, 32767, Integer.MAX_VALUE, Long.MAX_VALUE},
      {0, 0, 0, 0}
    };
    for (long[] row : rows) {
      for (int i = 0; i < 4; i++) {
        ((LongVector) batch.column(i)).append(row[i]);
      }
      batch.endRow(Operation.INSERT, 1, TX);
    }
    nullRow(batch);
    String file = write(batch, ParquetSettings.DEFAULT);
    assertThat(query("select a, b, c, d from " + file))
        .containsExactly(
            "-128|-32768|-2147483648|-9223372036854775808",
            "127|32767|2147483647|9223372036854775807",
            "0|0|0|0",
            "null|null|null|null");
    assertThat(types(file))
        .containsExactly(
            "a TINYINT",
            "b SMALLINT",
            "c INTEGER",
            "d BIGINT",
            "_cdc_op VARCHAR",
            "_cdc_seq BIGINT",
            "_cdc_ts TIMESTAMP WITH TIME ZONE",
            "_cdc_tx VARCHAR");
  }

  @Test
  void decimalsOfEveryStorageKeepEveryDigit() throws Exception {
    TableSchema table =
        table(
            new Column("s", "decimal(9,2)", ColumnType.decimal(9, 2), true),
            new Column("m", "decimal(18,6)", ColumnType.decimal(18, 6), true),
            new Column("u", "bigint unsigned", ColumnType.decimal(20, 0), true),
            new Column("l", "decimal(38,10)", ColumnType.decimal(38, 10), true));
    RowBatch batch = new RowBatch(table, RowBatch.Kind.CHANGE);
    String nines = "9".repeat(38);
    String[][] rows = {
      {"999999999", "999999999999999999", "18446744073709551615", nines},
      {"-999999999", "-999999999999999999", "-1", "-" + nines},
      {"0", "1", "0", "-1"}
    };
    for (String[] row : rows) {
      ((LongVector) batch.column(0)).append(Long.parseLong(row[0]));
      ((LongVector) batch.column(1)).append(Long.parseLong(row[1]));
      ((BytesVector) batch.column(2)).append(new BigInteger(row[2]).toByteArray());
      ((BytesVector) batch.column(3)).append(new BigInteger(row[3]).toByteArray());
      batch.endRow(Operation.INSERT, 1, TX);
    }
    nullRow(batch);
    String file = write(batch, ParquetSettings.DEFAULT);
    assertThat(query("select s, m, u, l from " + file))
        .containsExactly(
            "9999999.99|999999999999.999999|18446744073709551615|9999999999999999999999999999.9999999999",
            "-9999999.99|-999999999999.999999|-1|-9999999999999999999999999999.9999999999",
            "0.00|0.000001|0|-1E-10",
            "null|null|null|null");
    assertThat(query("select count(*) from " + file + " where l = -0.0000000001"))
        .containsExactly("1");
  }

  @Test
  void textBytesFloatsAndTimesComeBackAsTheyWere() throws Exception {
    TableSchema table =
        table(
            column("f", LogicalType.FLOAT),
            column("d", LogicalType.DOUBLE),
            column("t", LogicalType.TEXT),
            column("b", LogicalType.BINARY),
            column("day", LogicalType.DATE),
            column("local", LogicalType.DATETIME),
            column("moment", LogicalType.TIMESTAMP),
            column("span", LogicalType.TIME));
    RowBatch batch = new RowBatch(table, RowBatch.Kind.CHANGE);
    ((DoubleVector) batch.column(0)).append((double) 3.4028235e38f);
    ((DoubleVector) batch.column(1)).append(-1.7976931348623157e308);
    ((BytesVector) batch.column(2)).append("żółw 🐢 \u0000 end".getBytes(StandardCharsets.UTF_8));
    ((BytesVector) batch.column(3)).append(new byte[] {0, -1, 0});
    ((LongVector) batch.column(4)).append(-354285);
    ((LongVector) batch.column(5)).append(-1);
    ((LongVector) batch.column(6)).append(253402300799999999L);
    ((LongVector) batch.column(7)).append(-3020399999999L);
    batch.endRow(Operation.INSERT, 5, TX);
    nullRow(batch);
    String file = write(batch, ParquetSettings.DEFAULT);
    assertThat(
            query(
                "select f = 3.4028235e38::float, d = -1.7976931348623157e308, hex(t), hex(b), day, local,"
                    + " epoch_us(moment), span from "
                    + file
                    + " where _cdc_seq = 5"))
        .containsExactly(
            "true|true|"
                + hex("żółw 🐢 \u0000 end")
                + "|00FF00|1000-01-01|1969-12-31 23:59:59.999999|253402300799999999|-3020399999999");
    assertThat(
            query(
                "select count(*) from " + file + " where f is null and t is null and span is null"))
        .containsExactly("1");
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void everyCodecAndManyRowGroupsReadBackTheSame(Compression compression) throws Exception {
    ParquetSettings settings =
        new ParquetSettings(compression, compression.defaultLevel(), 96 << 10, 16 << 10);
    TableSchema table =
        table(
            column("id", LogicalType.INT64),
            column("few", LogicalType.TEXT),
            column("many", LogicalType.TEXT));
    RowBatch batch = new RowBatch(table, RowBatch.Kind.CHANGE);
    for (int i = 0; i < 60_000; i++) {
      ((LongVector) batch.column(0)).append(i * 7919L);
      text(batch, 1, i % 5 == 0 ? null : "status-" + i % 3);
      text(batch, 2, i % 7 == 0 ? null : "customer number " + i * 31);
      batch.endRow(
          Operation.UPDATE, i, new Transaction("uuid:" + i / 100, TX.commitMicros() + i / 100));
    }
    String file = write(batch, settings);
    assertThat(
            query(
                "select count(*), sum(id), count(few), count(many), count(distinct few), count(distinct many),"
                    + " max(_cdc_seq), count(distinct _cdc_tx), min(_cdc_op) from "
                    + file))
        .containsExactly(
            "60000|" + 7919L * 60_000 * 59_999 / 2 + "|48000|51428|3|51428|59999|600|u");
    assertThat(query("select many from " + file + " where id = " + 59_999 * 7919L))
        .containsExactly("customer number " + 59_999 * 31);
    assertThat(
            query(
                "select count(distinct row_group_id) > 2, min(compression) from parquet_metadata("
                    + file
                    + ")"))
        .containsExactly("true|" + compression);
  }

  /** Pages of large values are compressed another way, see {@link Compressors}. */
  @ParameterizedTest
  @EnumSource(Compression.class)
  void valuesOfManyMegabytesReadBackTheSame(Compression compression) throws Exception {
    TableSchema table = table(column("id", LogicalType.INT64), column("large", LogicalType.TEXT));
    RowBatch batch = new RowBatch(table, RowBatch.Kind.CHANGE);
    for (int i = 0; i < 4; i++) {
      ((LongVector) batch.column(0)).append(i);
      text(batch, 1, i == 1 ? null : ("0123456789abcde" + i).repeat((6 << 20) / 16 + i));
      batch.endRow(Operation.INSERT, i, TX);
    }
    String file =
        write(
            batch, new ParquetSettings(compression, compression.defaultLevel(), 64 << 20, 1 << 20));
    assertThat(
            query(
                "select id, length(large), large = repeat('0123456789abcde' || id, length(large) // 16) from "
                    + file
                    + " order by id"))
        .containsExactly("0|6291456|true", "1|null|null", "2|6291488|true", "3|6291504|true");
  }

  @Test
  void statisticsLetReadersSkip() throws Exception {
    TableSchema table = table(column("id", LogicalType.INT32), column("name", LogicalType.TEXT));
    RowBatch batch = new RowBatch(table, RowBatch.Kind.LOAD);
    for (int i = 0; i < 3000; i++) {
      ((LongVector) batch.column(0)).append(i - 1000);
      text(batch, 1, i == 17 ? "" : "n" + i);
      batch.endRow(Operation.LOAD, 1, TX);
    }
    nullRow(batch);
    String file = write(batch, ParquetSettings.DEFAULT);
    assertThat(
            query(
                "select stats_min_value, stats_max_value, stats_null_count from parquet_metadata("
                    + file
                    + ") where path_in_schema in ('id', 'name') order by column_id"))
        .containsExactly("-1000|1999|1", "|n999|1");
  }

  /** Texts that begin alike, end within their first eight bytes, or have bytes above 127. */
  @Test
  void minimumAndMaximumOfTextsAreThoseOfTheirBytes() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 40; round++) {
      RowBatch batch =
          new RowBatch(table(column("t", LogicalType.TEXT)), RowBatch.Kind.LOAD, 1 + round);
      List<byte[]> values = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(60); i++) {
        byte[] value =
            ("aaaaaaaa\u00e9".repeat(2).substring(random.nextInt(9), 9 + random.nextInt(9))
                    + (char) random.nextInt(3)
                    + "\ud83d\ude00b".substring(0, 2 * random.nextInt(2)))
                .getBytes(StandardCharsets.UTF_8);
        values.add(Arrays.copyOf(value, random.nextInt(value.length)));
        ((BytesVector) batch.column(0)).append(values.get(i));
        batch.endRow(Operation.LOAD, 1, TX);
      }
      values.sort(Arrays::compareUnsigned);
      Statistics statistics =
          footer(written(batch, ParquetSettings.DEFAULT))
              .getRow_groups()
              .get(0)
              .getColumns()
              .get(0)
              .getMeta_data()
              .getStatistics();
      assertThat(statistics.getMin_value()).isEqualTo(values.get(0));
      assertThat(statistics.getMax_value()).isEqualTo(values.get(values.size() - 1));
    }
  }

  @Test
  void everyPageHasARightChecksumAndAPlaceInBothIndexes() throws Exception {
    ParquetSettings settings = new ParquetSettings(Compression.ZSTD, 1, 128 << 10, 8 << 10);
    RowBatch batch =
        new RowBatch(
            table(column("id", LogicalType.INT64), column("name", LogicalType.TEXT)),
            RowBatch.Kind.CHANGE);
    for (int i = 0; i < 30_000; i++) {
      ((LongVector) batch.column(0)).append(i);
      text(batch, 1, i % 3 == 0 ? null : "name " + i);
      batch.endRow(Operation.INSERT, i, TX);
    }
    byte[] file = written(batch, settings);
    FileMetaData footer = footer(file);
    int pages = 0;
    for (RowGroup group : footer.getRow_groups()) {
      for (ColumnChunk chunk : group.getColumns()) {
        OffsetIndex offsets = Util.readOffsetIndex(at(file, chunk.getOffset_index_offset()));
        ColumnIndex index = Util.readColumnIndex(at(file, chunk.getColumn_index_offset()));
        assertThat(index.getMin_values()).hasSize(offsets.getPage_locationsSize());
        for (PageLocation place : offsets.getPage_locations()) {
          expectRightChecksum(file, place);
          pages++;
        }
      }
    }
    assertThat(pages).isGreaterThan(60);
    assertThat(footer.getNum_rows()).isEqualTo(30_000);
    assertThat(footer.getKey_value_metadata().toString()).contains("sluice.table");
  }

  private static void expectRightChecksum(byte[] file, PageLocation place) throws IOException {
    ByteArrayInputStream in = at(file, place.getOffset());
    PageHeader header = Util.readPageHeader(in);
    CRC32 crc = new CRC32();
    crc.update(in.readNBytes(header.getCompressed_page_size()));
    assertThat((int) crc.getValue()).isEqualTo(header.getCrc());
  }

  private static ByteArrayInputStream at(byte[] file, long offset) {
    return new ByteArrayInputStream(file, (int) offset, file.length - (int) offset);
  }

  private byte[] written(RowBatch batch, ParquetSettings settings) throws IOException {
    return Files.readAllBytes(Path.of(write(batch, settings).replace("'", "")));
  }

  private static FileMetaData footer(byte[] file) throws IOException {
    int length = ByteBuffer.wrap(file, file.length - 8, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return Util.readFileMetaData(at(file, file.length - 8 - length));
  }

  @Test
  void aValueThatItsTypeCannotHoldIsRefusedByName() {
    TableSchema table = table(column("tiny", LogicalType.INT8));
    RowBatch batch = new RowBatch(table, RowBatch.Kind.CHANGE);
    ((LongVector) batch.column(0)).append(128);
    batch.endRow(Operation.INSERT, 1, TX);
    assertThatThrownBy(() -> write(batch, ParquetSettings.DEFAULT))
        .isInstanceOf(UnsupportedColumnException.class)
        .hasMessageContaining("Column tiny of table shop.t holds the value 128");
  }

  @Test
  void aLargeDecimalBeyondItsPrecisionIsRefusedByName() {
    TableSchema table = table(new Column("n", "decimal(20,0)", ColumnType.decimal(20, 0), true));
    RowBatch batch = new RowBatch(table, RowBatch.Kind.CHANGE);
    ((BytesVector) batch.column(0)).append(BigInteger.TWO.pow(80).toByteArray());
    batch.endRow(Operation.INSERT, 1, TX);
    assertThatThrownBy(() -> write(batch, ParquetSettings.DEFAULT))
        .isInstanceOf(UnsupportedColumnException.class)
        .hasMessageContaining("Column n of table shop.t holds the value 1208925819614629174706176");
  }

  @Test
  void aColumnWithAReservedNameIsRefusedByName() {
    RowBatch batch = new RowBatch(table(column("_CDC_op", LogicalType.INT8)), RowBatch.Kind.CHANGE);
    assertThatThrownBy(() -> write(batch, ParquetSettings.DEFAULT))
        .isInstanceOf(UnsupportedColumnException.class)
        .hasMessageContaining("Column _CDC_op of table shop.t");
  }

  @Test
  void hadoopIsNotOnTheClassPath() {
    assertThatThrownBy(() -> Class.forName("org.apache.hadoop.conf.Configuration"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  private String write(RowBatch batch, ParquetSettings settings) throws IOException {
    Path file = folder.resolve("t" + System.nanoTime() + ".parquet");
    try (OutputStream out = Files.newOutputStream(file);
        Compressors compressors = new Compressors(settings)) {
      ParquetEncoder encoder =
          new ParquetEncoder(batch.schema(), batch.kind(), settings, compressors, out);
      int slice = ParquetEncoder.sliceRows(batch);
      for (int row = 0; row < batch.size(); row += slice) {
        encoder.write(batch, row, Math.min(row + slice, batch.size()));
      }
      encoder.finish(Map.of("sluice.table", "t"));
    }
    return "'" + file + "'";
  }

  private static void nullRow(RowBatch batch) {
    for (int i = 0; i < batch.schema().columns().size(); i++) {
      batch.column(i).appendNull();
    }
    batch.endRow(batch.kind() == RowBatch.Kind.LOAD ? Operation.LOAD : Operation.TRUNCATE, 9, TX);
  }

  private static void text(RowBatch batch, int column, String value) {
    if (value == null) {
      batch.column(column).appendNull();
    } else {
      ((BytesVector) batch.column(column)).append(value.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Column column(String name, LogicalType type) {
    return new Column(name, type.name().toLowerCase(Locale.ROOT), ColumnType.of(type), true);
  }

  private static TableSchema table(Column... columns) {
    return new TableSchema(TABLE, List.of(columns), List.of());
  }

  private static String hex(String text) {
    return HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> types(String file) throws SQLException {
    return query(
        "select column_name || ' ' || column_type from (describe select * from " + file + ")");
  }

  private static List<String> query(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet result = duck.createStatement().executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(result.getObject(i)));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }
}
