package io.sluice.cdc.internal.binlog;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.error.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineVersionTest {
  @Test
  void theVersionThatIsBuiltWithIsTheOneTheLaneWasWrittenFor() {
    assertThatCode(EngineVersion::check).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.7.0.Final", "3.60.0.Final", "4.0.0.Alpha1", "3.5.2.Final"})
  void anotherMinorVersionIsRefusedWithBothVersions(String version) {
    assertThatThrownBy(() -> EngineVersion.check(version))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("The class path has Debezium " + version)
        .hasMessageContaining("with Debezium 3.6.")
        .hasMessageContaining("debezium-connector-mysql");
  }
}
