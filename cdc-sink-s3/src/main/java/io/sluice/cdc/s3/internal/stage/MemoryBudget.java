package io.sluice.cdc.s3.internal.stage;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that all open files and all uploads under way may take together. When they are more,
 * the largest open file is sent off; when nothing is left to send, writers wait for uploads.
 * Thread-safe.
 */
public final class MemoryBudget {
  private static final long WORTH_SENDING = 64 << 10;

  private final long limit;
  private final AtomicLong open = new AtomicLong();
  private final Set<OpenFile> files = ConcurrentHashMap.newKeySet();
  private final Object uploads = new Object();
  private long uploading;

  /**
   * A budget.
   *
   * @param limit bytes
   */
  public MemoryBudget(long limit) {
    this.limit = limit;
  }

  /**
   * A row group may take a quarter. While it is cut, no more than a quarter is under way beside it
   * ({@link #partBegins}).
   */
  public long rowGroupBytes(long wanted) {
    return Math.min(wanted, limit / 4);
  }

  /** A part in flight may take so much. */
  int partBytes(int wanted) {
    return (int) Math.max(OpenFile.MIN_PART_BYTES, Math.min(wanted, limit / 16));
  }

  void add(OpenFile file) {
    files.add(file);
  }

  void remove(OpenFile file) {
    files.remove(file);
  }

  void changed(long bytes) {
    open.addAndGet(bytes);
  }

  void uploadBegins(long bytes) {
    synchronized (uploads) {
      uploading += bytes;
    }
  }

  /**
   * Waits for room for a part, then counts it as under way: a row group is cut into many parts at
   * once, and it stays in memory until the last one is cut. Several files may be cut at a time, so
   * that what is open counts too. One part may always go. An interrupted thread does not wait; it
   * is about to give the file up.
   */
  void partBegins(long bytes) {
    synchronized (uploads) {
      try {
        while (uploading > 0 && (uploading > limit / 4 || used() + bytes > limit)) {
          uploads.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      uploading += bytes;
    }
  }

  void uploadEnded(long bytes) {
    synchronized (uploads) {
      uploading -= bytes;
      uploads.notifyAll();
    }
  }

  /** Bytes in use. */
  public long used() {
    synchronized (uploads) {
      return open.get() + uploading;
    }
  }

  /** Returns when there is room; called without any lock on a file. */
  void enforce() throws InterruptedException {
    while (used() > limit) {
      Optional<OpenFile> largest = files.stream().max(Comparator.comparingLong(OpenFile::memory));
      if (largest.isPresent() && largest.get().memory() >= WORTH_SENDING) {
        largest.get().sendOff();
      } else if (!awaitUpload()) {
        return;
      }
    }
  }

  /** Waits until an upload has ended; says whether there was one. */
  private boolean awaitUpload() throws InterruptedException {
    synchronized (uploads) {
      long before = uploading;
      while (uploading > 0 && uploading >= before && open.get() + uploading > limit) {
        uploads.wait();
      }
      return before > 0;
    }
  }
}
