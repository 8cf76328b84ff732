package io.sluice.cdc.internal.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.event.MySqlType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueChangesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "tinyint > bigint",
        "int unsigned > bigint",
        "int unsigned > int unsigned",
        "varchar(5) > varchar(6)",
        "char(5) > varchar(5)",
        "varchar(50) > text",
        "text > longtext",
        "blob > mediumblob",
        "varbinary(5) > blob",
        "decimal(10,2) > decimal(12,4)",
        "decimal(10,2) unsigned > decimal(10,2)",
        "datetime > datetime(3)",
        "enum('a','b') > enum('b','c','a')",
        "set('a') > set('a','b')",
        "bit(3) > bit(9)"
      })
  void everyValueIsTheSameInAWiderType(String from, String to) {
    assertThat(ValueChanges.holdsAll(MySqlType.parse(from), MySqlType.parse(to))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "bigint > int",
        "int > int unsigned",
        "int unsigned > int",
        "int > decimal(10,0)",
        "int > varchar(20)",
        "varchar(5) > char(5)",
        "varchar(5) > varchar(4)",
        "varchar(5) > varbinary(5)",
        "text > varchar(100)",
        "varchar(64) > tinytext",
        "text > json",
        "binary(2) > binary(4)",
        "decimal(10,2) > decimal(10,4)",
        "decimal(38,2) > decimal(40,2)",
        "datetime(3) > datetime",
        "datetime > date",
        "datetime > timestamp",
        "float > double",
        "enum('a','b') > enum('a')",
        "set('a','b') > set('b','a')",
        "bit(9) > bit(64)"
      })
  void aValueMayChangeInAnyOther(String from, String to) {
    assertThat(ValueChanges.holdsAll(MySqlType.parse(from), MySqlType.parse(to))).isFalse();
  }

  @Test
  void theSameTypeIsHarmlessWhateverItIs() {
    MySqlType json = MySqlType.parse("json");
    assertThat(ValueChanges.holdsAll(json, json)).isTrue();
  }
}
