package io.sluice.cdc.internal.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue bounded by bytes between the reader and the writer: a slow writer holds the reader back.
 * What the writer took counts until it comes for the next. Thread-safe, for one writer.
 */
public final class Handover {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Item> items = new ArrayDeque<>();
  private final long maxBytes;
  private long bytes;
  private long taken;
  private boolean closed;
  private boolean blocking;

  /** What is handed over. */
  public interface Item {
    /** Memory that it takes, in bytes. */
    long bytes();
  }

  /**
   * An empty queue.
   *
   * @param maxBytes how much may wait or be in the writer's hands; a larger item is let through
   *     alone
   */
  public Handover(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Adds an item; waits while there is too much.
   *
   * @throws InterruptedException when interrupted or closed
   */
  void put(Item item) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      await(item.bytes());
      items.add(item);
      bytes += item.bytes();
      changed.signalAll();
    } finally {
      blocking = false;
      lock.unlock();
    }
  }

  /**
   * Waits while an item of this size could not be added.
   *
   * @throws InterruptedException when interrupted or closed
   */
  void awaitRoom(long size) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      await(size);
    } finally {
      blocking = false;
      lock.unlock();
    }
  }

  private void await(long size) throws InterruptedException {
    while (!closed && bytes > 0 && bytes + size > maxBytes) {
      blocking = true;
      changed.await();
    }
    if (closed) {
      throw new InterruptedException("the stream is stopping");
    }
  }

  /** Takes the next item; null once closed. */
  public @Nullable Item take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      bytes -= taken;
      taken = 0;
      changed.signalAll();
      while (!closed && items.isEmpty()) {
        changed.await();
      }
      if (closed) {
        return null;
      }
      Item item = items.remove();
      taken = item.bytes();
      return item;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing waits to be taken. */
  boolean isEmpty() {
    lock.lock();
    try {
      return items.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Whether somebody waits to add. */
  public boolean isBlocking() {
    lock.lock();
    try {
      return blocking;
    } finally {
      lock.unlock();
    }
  }

  /** Drops what waits and wakes everybody. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      items.clear();
      bytes = 0;
      taken = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
