package io.sluice.cdc.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.event.LoadedRange;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the key is, every row is read once and the table is cut into chunks. */
class ChunksOfEveryKeyTest {
  private static final int ROWS = 20_000;
  private static final long CHUNK_BYTES = 64L << 10;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          int                     | k int primary key | n
          int with gaps           | k int primary key | n * n
          skewed int              | k bigint primary key | if(n < 19000, n, n * 1000000000000)
          skewed the other way    | k bigint primary key | if(n > 1000, 9000000000000000000 + n, n)
          negative                | k bigint primary key | n * 1000 - 10000000
          unsigned bigint         | k bigint unsigned primary key | 18446744073709551615 - n * 7
          decimal                 | k decimal(30,10) primary key | (n - 10000) / 7
          wide decimal            | k decimal(60,20) primary key | n * 1.00000000000000000001
          float                   | k float primary key | n / 8 - 100
          double                  | k double primary key | n / 7 - 100
          bit                     | k bit(60) primary key | n * 4294967296
          date                    | k date primary key | date('1900-01-01') + interval n day
          zero dates              | k date, j int, primary key (k, j) | elt(1 + n % 4, '0000-00-00', '2020-00-00', '2020-02-31', '2020-03-01'), n
          zero datetimes          | k datetime(2), j int, primary key (k, j) | elt(1 + n % 2, '0000-00-00', '2020-02-31 10:00:00.25'), n
          datetime                | k datetime(3) primary key | timestamp('1999-01-01') + interval n * 700 minute
          timestamp               | k timestamp(6) primary key | timestamp('1999-01-01') + interval n * 700 minute
          time                    | k time(6) primary key | sec_to_time(n * 300 - 3000000)
          year and int            | k year, j int, primary key (k, j) | 1990 + n % 3, n
          case-insensitive text   | k varchar(40) collate utf8mb4_0900_ai_ci primary key | concat(if(n % 2, 'Ab', 'aB'), hex(n))
          accent-insensitive text | k varchar(40) collate utf8mb4_general_ci primary key | concat(if(n % 2, 'é', 'e'), n)
          emoji text              | k varchar(40) primary key | concat(if(n % 2, '😀', '𝄞'), n)
          binary collation        | k varchar(40) collate utf8mb4_bin primary key | concat(if(n % 2, 'Z', 'a'), n)
          latin1 text             | k varchar(40) character set latin1 primary key | concat(if(n % 2, 'Ä', 'ß'), n)
          koi8r text              | k varchar(40) character set koi8r primary key | concat(if(n % 2, 'Ж', 'я'), n)
          uuid text               | k char(36) primary key | left(sha2(n, 256), 32)
          binary uuid             | k binary(16) primary key | unhex(left(sha2(n, 256), 32))
          varbinary               | k varbinary(20) primary key | unhex(hex(n))
          enum and int            | k enum('z','b','it''s','a,b'), j int, primary key (k, j) | 1 + n % 4, n
          composite of five       | a int, b varchar(10), c date, d decimal(5,1), e binary(4), primary key (a, b, c, d, e) | n % 2, n % 3, date('2020-01-01') + interval (n % 5) day, n % 7 / 2, unhex(lpad(hex(n), 8, '0'))
          hardly selective first  | tenant int, k int, primary key (tenant, k) | n div 19990, n
          unique, no primary      | k int not null, unique (k) | n * 3
          descending              | k int, primary key (k desc) | n
          set                     | k set('a','b'), j int, primary key (k, j) | n % 4, n
          set of nine             | k set('a','b','c','d','e','f','g','h','i'), j int, primary key (k, j) | n % 512, n
          large set               | k set('a','b','c','d','e','f','g','h','i','j'), j int, primary key (k, j) | n % 1024, n
          long enum               | k enum(ENUM), j int, primary key (k, j) | 1 + n % 300, n
          big5 text               | k varchar(20) character set big5 primary key | concat('字', n)
          prefix                  | k varchar(40), primary key (k(10)) | lpad(n, 8, '0')
          no key                  | k int | n % 10
          nullable unique only    | k int, unique (k) | n
          """)
  void everyRowIsReadOnce(String what, String columns, String values) throws Exception {
    String database = LoadServer.database();
    fill(database, columns.replace("ENUM", enumOf300()), values);
    SourceConfig source = LoadServer.source(database + ".*");
    RecordingOutput output = new RecordingOutput();

    LoadServer.run(source, LoadServer.load(3, CHUNK_BYTES), output);

    TableName table = new TableName(database, "t");
    List<List<String>> rows = output.rows(table);
    Set<String> numbers = new HashSet<>();
    rows.forEach(r -> numbers.add(r.get(r.size() - 2)));
    assertThat(numbers).hasSize(ROWS);
    assertThat(rows).hasSize(ROWS);
    TableLoad load = Objects.requireNonNull(output.state().table(table));
    assertThat(load.done()).isTrue();
    assertThat(load.rows()).isEqualTo(ROWS);
    assertThat(load.ranges()).containsExactly(new LoadedRange(1, null, null));
    boolean onePiece =
        List.of("large set", "big5 text", "prefix", "no key", "nullable unique only")
            .contains(what);
    // About 2.4 MB in chunks of 64 KiB; a chunk may be four times as long as planned, not more.
    assertThat(output.commits()).isBetween(onePiece ? 1 : 8, onePiece ? 1 : 300);
  }

  private static String enumOf300() {
    return IntStream.range(0, 300).mapToObj(i -> "'v" + i + "'").collect(Collectors.joining(","));
  }

  private static void fill(String database, String columns, String values) throws Exception {
    LoadServer.mySql()
        .execute(
            "USE " + database,
            "SET SESSION sql_mode = 'ALLOW_INVALID_DATES', cte_max_recursion_depth = 100000",
            "CREATE TABLE t ("
                + columns
                    .replace(", primary", ", n int, pad varchar(100), primary")
                    .replace(", unique", ", n int, pad varchar(100), unique")
                + (columns.contains(", primary") || columns.contains(", unique")
                    ? ""
                    : ", n int, pad varchar(100)")
                + ") CHARACTER SET utf8mb4",
            "INSERT INTO t WITH RECURSIVE s AS (SELECT 1 n UNION ALL SELECT n + 1 FROM s WHERE n < "
                + ROWS
                + ") SELECT "
                + values
                + ", n, REPEAT('x', 100) FROM s",
            "ANALYZE TABLE t");
  }
}
