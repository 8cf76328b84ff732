package io.sluice.cdc.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.LoadedRange;
import io.sluice.cdc.event.MySqlType;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.event.ZeroDates;
import io.sluice.cdc.internal.mysql.TableSizes;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableWorkTest {
  @Test
  void aLoadThatDiedBetweenItsLastRowsAndSayingSoHasAnEmptySpanToRead() {
    TableWork work =
        work(
            new LoadedRange(1, null, List.of("5")),
            new LoadedRange(2, List.of("5"), List.of("9")),
            new LoadedRange(1, List.of("9"), null));
    assertThat(work.isDone()).isFalse();
    Span open =
        work.spans().stream().filter(s -> s.state() == Span.State.OPEN).findFirst().orElseThrow();
    assertThat(open.after()).isEqualTo(open.upTo()).containsExactly("5");
  }

  @Test
  void gapsAreReadAndNothingElse() {
    TableWork work =
        work(
            new LoadedRange(1, null, List.of("5")), new LoadedRange(2, List.of("7"), List.of("9")));
    assertThat(work.spans().stream().filter(s -> s.state() == Span.State.OPEN))
        .extracting(Span::after)
        .containsExactly(List.of("5"), List.of("9"));
  }

  private static TableWork work(LoadedRange... loaded) {
    Column column = Column.of("id", MySqlType.parse("int"), false, ZeroDates.NULL);
    TableSchema schema =
        new TableSchema(new TableName("shop", "t"), List.of(column), List.of("id"));
    TableLoad before = new TableLoad(schema.table(), false, List.of(loaded), 0, 0);
    return new TableWork(schema, null, "", TableSizes.UNKNOWN, before);
  }
}
