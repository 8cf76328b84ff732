package io.sluice.cdc.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MySqlTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int(11) | int | INT32",
        "int(10) unsigned | int unsigned | INT64",
        "bigint(20) unsigned zerofill | bigint unsigned | DECIMAL",
        "tinyint(1) | tinyint | INT8",
        "tinyint unsigned | tinyint unsigned | INT16",
        "decimal(10,2) | decimal(10,2) | SMALL_DECIMAL",
        "decimal(65,30) | decimal(65,30) | TEXT",
        "decimal(38,0) | decimal(38,0) | DECIMAL",
        "varchar(20) | varchar(20) | TEXT",
        "datetime(6) | datetime(6) | DATETIME",
        "timestamp | timestamp | TIMESTAMP",
        "time(3) | time(3) | TIME",
        "bit(64) | bit(64) | DECIMAL",
        "bit(1) | bit(1) | INT64",
        "year(4) | year | INT32",
        "double | double | DOUBLE",
        "float(7,3) | float | FLOAT",
        "json | json | TEXT",
        "longblob | longblob | BINARY",
        "vector(3) | vector(3) | BINARY",
        "geomcollection | geomcollection | BINARY",
        "geometrycollection | geomcollection | BINARY"
      })
  void readsWhatInformationSchemaSays(String columnType, String text, LogicalType logical) {
    MySqlType type = MySqlType.parse(columnType);
    assertThat(type.text()).isEqualTo(text);
    assertThat(type.columnType().logical()).isEqualTo(logical);
  }

  @Test
  void valuesOfAnEnumMayHoldCommasQuotesAndParentheses() {
    MySqlType type = MySqlType.parse("enum('a,b','it''s','(x)','')");
    assertThat(type.values()).containsExactly("a,b", "it's", "(x)", "");
    assertThat(type.text()).isEqualTo("enum('a,b','it''s','(x)','')");
  }

  @Test
  void valuesOfAnEnumKeepTheirBackslashesAndLineEndsOverTheNormalForm() {
    String columnType = "enum('x\\\\y','a\\nb','tab\t','%','\\\\%')";
    MySqlType type = MySqlType.parse(columnType);
    assertThat(type.values()).containsExactly("x\\y", "a\nb", "tab\t", "%", "\\%");
    assertThat(MySqlType.parse(type.text())).isEqualTo(type);
    assertThat(MySqlType.unquoted("\"a\"\"b\\t\\%\"")).isEqualTo("a\"b\t\\%");
  }

  @Test
  void aliasesAndInformationSchemaAgree() {
    assertThat(MySqlType.of("INTEGER", -1, -1, false, List.of()))
        .isEqualTo(MySqlType.parse("int(11)"));
    assertThat(MySqlType.of("NUMERIC", -1, -1, false, List.of()))
        .isEqualTo(MySqlType.parse("decimal(10,0)"));
    assertThat(MySqlType.of("BOOLEAN", -1, -1, false, List.of()))
        .isEqualTo(MySqlType.parse("tinyint(1)"));
    assertThat(MySqlType.of("CHAR", -1, -1, false, List.of()))
        .isEqualTo(MySqlType.parse("char(1)"));
    assertThat(MySqlType.of("DATETIME", -1, -1, false, List.of()))
        .isEqualTo(MySqlType.parse("datetime"));
  }

  @Test
  void aTypeThatCannotBeCarriedIsNamed() {
    assertThatThrownBy(() -> MySqlType.parse("hypercube(3)").columnType())
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("hypercube");
  }
}
