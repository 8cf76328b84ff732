package io.sluice.cdc.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.event.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TablePatternTest {
  @ParameterizedTest
  @CsvSource({
    "shop.*, shop, orders, true",
    "shop.*, shop2, orders, false",
    "shop.tmp_*, shop, tmp_1, true",
    "shop.tmp_*, shop, orders, false",
    "*.orders, any, orders, true",
    "s?op.orders, shop, orders, true",
    "shop.Orders, shop, orders, false",
    "`a.b`.c, a.b, c, true",
    "a.`b.c`, a, b.c, true",
    "`a.b`.c, a, b.c, false",
    "shop.`50%*`, shop, 50%*, true",
    "shop.`50%*`, shop, 50%x, false",
    "shop.`x``y`, shop, x`y, true",
    "shop.a+b, shop, a+b, true",
    "shop.a+b, shop, aab, false",
  })
  void meansWhatItSays(String pattern, String database, String table, boolean expected) {
    assertThat(TablePattern.parse(pattern).matches(new TableName(database, table)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "shop", ".orders", "shop.", "`shop.orders", "`shop.orders`"})
  void whatHasNotTwoPartsIsRefused(String pattern) {
    assertThatThrownBy(() -> TablePattern.parse(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("database.table");
  }

  @Test
  void itsRegularExpressionHoldsNoCommaThatWouldCutAList() {
    assertThat(TablePattern.parse("`a,b`.`c,d`").databaseRegex()).doesNotContain(",");
    assertThat("a,b").matches(TablePattern.parse("`a,b`.`c,d`").databaseRegex());
  }
}
