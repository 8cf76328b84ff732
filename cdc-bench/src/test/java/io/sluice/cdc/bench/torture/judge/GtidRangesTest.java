package io.sluice.cdc.bench.torture.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GtidRangesTest {
  @Test
  void knowsWhatIsWithinItsRanges() {
    GtidRanges set = new GtidRanges("aa-bb:1-5:7,\ncc:3");
    assertThat(set.contains("aa-bb:1")).isTrue();
    assertThat(set.contains("AA-BB:5")).isTrue();
    assertThat(set.contains("aa-bb:6")).isFalse();
    assertThat(set.contains("aa-bb:7")).isTrue();
    assertThat(set.contains("cc:3")).isTrue();
    assertThat(set.contains("cc:4")).isFalse();
    assertThat(set.contains("dd:1")).isFalse();
  }

  @Test
  void isEmptyWithoutText() {
    assertThat(new GtidRanges("").contains("aa:1")).isFalse();
  }
}
