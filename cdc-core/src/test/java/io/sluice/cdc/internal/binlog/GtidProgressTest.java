package io.sluice.cdc.internal.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.event.GtidSet;
import org.junit.jupiter.api.Test;

class GtidProgressTest {
  private static final String A = "aaaaaaaa-1111-1111-1111-111111111111";
  private static final String B = "bbbbbbbb-1111-1111-1111-111111111111";

  @Test
  void addsARunOfNumbersToWhatWasDoneBefore() {
    GtidProgress progress = GtidProgress.of(GtidSet.parse(A + ":1-5:9"));
    for (int number = 6; number <= 8; number++) {
      progress = progress.with(A, number);
    }
    assertThat(progress.set()).hasToString(A + ":1-9");
  }

  @Test
  void holdsTransactionsOfSeveralServersAndTagsInAnyOrder() {
    GtidProgress progress =
        GtidProgress.of(GtidSet.EMPTY)
            .with(A, 7)
            .with(B, 1)
            .with(A, 8)
            .with(A, 3)
            .with(A + ":tag", 1)
            .with(A + ":tag", 2);
    assertThat(progress.set()).hasToString(A + ":3:7-8," + A + ":tag:1-2," + B + ":1");
  }

  @Test
  void aStepLeavesTheProgressBeforeItAsItWas() {
    GtidProgress before = GtidProgress.of(GtidSet.EMPTY).with(A, 1);
    before.with(A, 2);
    assertThat(before.set()).hasToString(A + ":1");
  }

  @Test
  void nothingDoneIsTheEmptySet() {
    assertThat(GtidProgress.of(GtidSet.EMPTY).set()).isEqualTo(GtidSet.EMPTY);
  }
}
