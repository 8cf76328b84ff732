package io.sluice.cdc.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class GtidSetTest {
  private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
  private static final String B = "4e11fa47-71ca-11e1-9e33-c80aa9429562";

  @Test
  void whatMySqlPrintsIsReadAndPrintedAgain() {
    String text = A + ":1-5:7:9-20,\n" + B + ":3";
    assertThat(GtidSet.parse(text)).hasToString(A + ":1-5:7:9-20," + B + ":3");
    assertThat(GtidSet.parse("")).isEqualTo(GtidSet.EMPTY).hasToString("");
  }

  @Test
  void membersAreFound() {
    GtidSet set = GtidSet.parse(A + ":1-5:7:9-20," + B + ":3");
    assertThat(set.contains(A + ":1")).isTrue();
    assertThat(set.contains(A + ":5")).isTrue();
    assertThat(set.contains(A + ":6")).isFalse();
    assertThat(set.contains(A + ":7")).isTrue();
    assertThat(set.contains(A + ":21")).isFalse();
    assertThat(set.contains(B + ":3")).isTrue();
    assertThat(set.contains(B.toUpperCase(Locale.ROOT) + ":3")).isTrue();
    assertThat(set.contains(B + ":2")).isFalse();
    assertThat(GtidSet.EMPTY.contains(A + ":1")).isFalse();
  }

  @Test
  void tagsAreSourcesOfTheirOwn() {
    GtidSet set = GtidSet.parse(A + ":1-3:nightly:5-6:8:weekly:1");
    assertThat(set.contains(A + ":2")).isTrue();
    assertThat(set.contains(A + ":5")).isFalse();
    assertThat(set.contains(A + ":nightly:8")).isTrue();
    assertThat(set.contains(A + ":nightly:1")).isFalse();
    assertThat(set.contains(A + ":weekly:1")).isTrue();
    assertThat(GtidSet.parse(set.toString())).isEqualTo(set);
  }

  @Test
  void setsIncludeOneAnother() {
    GtidSet large = GtidSet.parse(A + ":1-10:20-30," + B + ":1-5");
    assertThat(large.includes(GtidSet.parse(A + ":2-9:25"))).isTrue();
    assertThat(large.includes(GtidSet.EMPTY)).isTrue();
    assertThat(large.includes(GtidSet.parse(A + ":9-11"))).isFalse();
    assertThat(large.includes(GtidSet.parse(B + ":6"))).isFalse();
    assertThat(GtidSet.EMPTY.includes(large)).isFalse();
  }

  @Test
  void intervalsThatTouchAreJoined() {
    GtidSet union = GtidSet.parse(A + ":1-3:7").union(GtidSet.parse(A + ":4-6," + B + ":1"));
    assertThat(union).hasToString(A + ":1-7," + B + ":1");
    assertThat(GtidSet.parse(A + ":5:1-4:3")).hasToString(A + ":1-5");
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> GtidSet.parse("nonsense")).hasMessageContaining("nonsense");
    assertThatThrownBy(() -> GtidSet.parse(A + ":1-x")).hasMessageContaining("is not a GTID set");
    assertThatThrownBy(() -> GtidSet.parse(A + "::1")).hasMessageContaining("is not a GTID set");
  }
}
