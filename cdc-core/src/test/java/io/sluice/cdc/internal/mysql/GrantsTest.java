package io.sluice.cdc.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrantsTest {
  @Test
  void rightsToEverythingAreRightsToEachDatabase() {
    Grants grants = Grants.of(List.of("GRANT SELECT, RELOAD ON *.* TO `cdc`@`%`"));
    assertThat(grants.has("RELOAD")).isTrue();
    assertThat(grants.has("LOCK TABLES")).isFalse();
    assertThat(grants.has("RELOAD", "shop")).isTrue();
  }

  @Test
  void rightsToADatabaseAreNoRightsElsewhere() {
    Grants grants =
        Grants.of(
            List.of(
                "GRANT USAGE ON *.* TO 'cdc'@'%'",
                "GRANT SELECT, LOCK TABLES ON `shop\\_%`.* TO 'cdc'@'%' WITH GRANT OPTION",
                "GRANT LOCK TABLES ON `other`.`t` TO 'cdc'@'%'"));
    assertThat(grants.has("LOCK TABLES")).isFalse();
    assertThat(grants.has("LOCK TABLES", "shop_1")).isTrue();
    assertThat(grants.has("LOCK TABLES", "shopx1")).isFalse();
    assertThat(grants.has("LOCK TABLES", "other")).isFalse();
  }

  @Test
  void allPrivilegesAreEveryPrivilege() {
    Grants grants = Grants.of(List.of("GRANT ALL PRIVILEGES ON *.* TO 'root'@'localhost'"));
    assertThat(grants.has("RELOAD")).isTrue();
    assertThat(grants.has("LOCK TABLES", "shop")).isTrue();
  }
}
