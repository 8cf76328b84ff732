package io.sluice.cdc.s3.internal.encode;

import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;

/** The physical number types; knows how minimum and maximum are found. */
enum NumberKind {
  INT32(4) {
    @Override
    void update(Statistics<?> statistics, long min, long max) {
      statistics.updateStats((int) min);
      statistics.updateStats((int) max);
    }
  },
  INT64(8) {
    @Override
    void update(Statistics<?> statistics, long min, long max) {
      statistics.updateStats(min);
      statistics.updateStats(max);
    }
  },
  FLOAT(4) {
    @Override
    void update(Statistics<?> statistics, long[] values, int count) {
      for (int i = 0; i < count; i++) {
        statistics.updateStats(Float.intBitsToFloat((int) values[i]));
      }
    }
  },
  DOUBLE(8) {
    @Override
    void update(Statistics<?> statistics, long[] values, int count) {
      for (int i = 0; i < count; i++) {
        statistics.updateStats(Double.longBitsToDouble(values[i]));
      }
    }
  };

  private final int width;

  NumberKind(int width) {
    this.width = width;
  }

  static NumberKind of(PrimitiveType type) {
    return valueOf(type.getPrimitiveTypeName().name());
  }

  int width() {
    return width;
  }

  void update(Statistics<?> statistics, long[] values, int count) {
    long min = values[0];
    long max = min;
    for (int i = 1; i < count; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    update(statistics, min, max);
  }

  void update(Statistics<?> statistics, long min, long max) {
    throw new UnsupportedOperationException(name());
  }
}
