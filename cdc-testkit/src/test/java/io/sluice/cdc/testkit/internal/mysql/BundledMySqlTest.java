package io.sluice.cdc.testkit.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BundledMySqlTest {
  @Test
  void choosesTheArchiveOfTheSystem() {
    assertThat(BundledMySql.archive("linux", "amd64")).contains("Linux");
    assertThat(BundledMySql.archive("mac os x", "aarch64")).contains("Mac");
  }

  @Test
  void namesTheWayOutWhereNothingIsBundled() {
    assertThatThrownBy(() -> BundledMySql.archive("linux", "aarch64"))
        .hasMessageContaining("cdc.test.mysql.path")
        .hasMessageContaining("cdc.test.mysql.image");
  }
}
