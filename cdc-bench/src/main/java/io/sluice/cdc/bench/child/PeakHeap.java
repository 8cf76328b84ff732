package io.sluice.cdc.bench.child;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The most heap that was in use, which is so when a collection begins. Thread-safe. */
final class PeakHeap {
  private final AtomicLong most = new AtomicLong();
  private final AtomicLong kept = new AtomicLong();

  private volatile long keptLast;

  private PeakHeap() {}

  /** Watches from now on. */
  static PeakHeap watch() {
    PeakHeap peak = new PeakHeap();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener((told, back) -> peak.see(told), null, null);
      }
    }
    return peak;
  }

  private void see(Notification told) {
    if (told.getUserData() instanceof CompositeData data) {
      var collection = GarbageCollectionNotificationInfo.from(data).getGcInfo();
      most.accumulateAndGet(used(collection.getMemoryUsageBeforeGc()), Math::max);
      keptLast = used(collection.getMemoryUsageAfterGc());
      kept.accumulateAndGet(keptLast, Math::max);
    }
  }

  /** Of the heap; other pools are told as well. */
  private static long used(Map<String, MemoryUsage> pools) {
    return pools.entrySet().stream()
        .filter(pool -> pool.getKey().startsWith("G1"))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }

  /** The most bytes before a collection, or now. */
  long bytes() {
    return Math.max(most.get(), ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  /** The bytes that the last collection left; 0 before it. */
  long keptLastBytes() {
    return keptLast;
  }

  /** The most bytes that a collection left. */
  long keptBytes() {
    return kept.get();
  }
}
