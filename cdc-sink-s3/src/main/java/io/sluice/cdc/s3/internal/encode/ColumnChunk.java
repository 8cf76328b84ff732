package io.sluice.cdc.s3.internal.encode;

import io.sluice.cdc.event.RowBatch;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/**
 * One column of one row group. Values are collected into pages; a page holds numbers of dictionary
 * entries as long as that is smaller, else the values themselves.
 *
 * @param <D> the dictionary
 */
abstract class ColumnChunk<D extends Dictionary> {
  private final PrimitiveType type;
  private final PageWriter pages;
  private final int pageBytes;
  private final @Nullable Levels levels;
  private final Buffer page;
  private int[] ids = new int[0];
  private int idCount;
  private int pageRows;
  private int usedEntries;
  private boolean inDictionary;

  /** The dictionary, or null when none is used any more. */
  protected @Nullable D dictionary;

  /** Values in plain encoding. */
  protected final Buffer plain = new Buffer();

  /** Bytes of the values of the page in plain encoding, whichever way they are kept. */
  protected long rawBytes;

  /** Statistics of the page. */
  protected Statistics<?> statistics;

  ColumnChunk(
      PrimitiveType type, PageWriter pages, int pageBytes, @Nullable D dictionary, Buffer page) {
    this.type = type;
    this.pages = pages;
    this.pageBytes = pageBytes;
    this.page = page;
    this.dictionary = dictionary;
    this.inDictionary = dictionary != null;
    this.levels = type.isRepetition(Repetition.OPTIONAL) ? new Levels() : null;
    this.statistics = Statistics.createStats(type);
  }

  /**
   * Takes the rows of the batch; the caller passes few enough that a page does not grow far beyond
   * its size.
   */
  final void append(RowBatch batch, int from, int to) throws IOException {
    takeLevels(batch, levels, from, to);
    takeValues(batch, from, to);
    pageRows += to - from;
    if (rawBytes >= pageBytes || pageRows >= ParquetSettings.PAGE_ROWS) {
      finishPage();
    }
  }

  /** Appends which rows have a value; nothing for a required column. */
  abstract void takeLevels(RowBatch batch, @Nullable Levels levels, int from, int to)
      throws IOException;

  /** Appends the values of the rows that have one. */
  abstract void takeValues(RowBatch batch, int from, int to);

  /** The dictionary to put values in, or null when they are to be put in {@link #plain}. */
  protected final @Nullable D active() {
    return inDictionary ? dictionary : null;
  }

  /** Makes room for numbers of entries and returns the array. */
  protected final int[] ids(int more) {
    if (idCount + more > ids.length) {
      ids = Arrays.copyOf(ids, Math.max(idCount + more, 2 * ids.length));
    }
    return ids;
  }

  protected final int idCount() {
    return idCount;
  }

  protected final void idCount(int count) {
    idCount = count;
  }

  /**
   * Gives the dictionary up when it is of no use, judged early to save the work.
   *
   * @param more bytes that may come to it next
   * @return the dictionary, or null when it was given up
   */
  protected final @Nullable D judge(D active, long more) {
    boolean tooLarge = active.plainBytes() + more > ParquetSettings.DICTIONARY_BYTES;
    boolean useless = usedEntries == 0 && idCount >= 4096 && active.size() > idCount / 10 * 9;
    if (tooLarge || useless) {
      fallBack(active);
      return null;
    }
    return active;
  }

  /** The page, and with it the column of the row group, has no minimum and maximum. */
  protected final void giveUpStatistics() {
    statistics = Statistics.noopStats(type);
  }

  /** Heap bytes in use, without the pages that have ended. */
  final long memory() {
    long memory = plain.memory() + 4L * ids.length;
    return dictionary == null ? memory : memory + dictionary.memory();
  }

  /** Encoded bytes, those of the page that is being filled before compression. */
  final long bytes() {
    return pages.getMemSize() + Math.min(rawBytes, 4L * idCount + plain.size());
  }

  /** Ends the column: the last page and the dictionary. */
  final void finish() throws IOException {
    if (pageRows > 0) {
      finishPage();
    }
    D last = dictionary;
    if (last != null && usedEntries > 0) {
      plain.clear();
      for (int id = 0; id < usedEntries; id++) {
        last.plain(id, plain);
      }
      pages.writeDictionaryPage(
          new DictionaryPage(
              BytesInput.from(plain.array(), 0, plain.size()),
              usedEntries,
              Encoding.PLAIN_DICTIONARY));
    }
  }

  private void finishPage() throws IOException {
    page.clear();
    if (levels != null) {
      statistics.incrementNumNulls(levels.nulls());
      levels.finish(page);
    }
    Encoding encoding = putValues();
    pages.writePage(
        pageBytes(encoding),
        pageRows,
        pageRows,
        statistics,
        null,
        null,
        Encoding.BIT_PACKED,
        levels == null ? Encoding.BIT_PACKED : Encoding.RLE,
        encoding);
    plain.clear();
    page.clear();
    idCount = 0;
    rawBytes = 0;
    pageRows = 0;
    statistics = Statistics.createStats(type);
  }

  /** A large value is not copied: it would be held twice. */
  private BytesInput pageBytes(Encoding encoding) {
    if (encoding == Encoding.PLAIN && plain.size() > Compressors.KEPT_BYTES) {
      return BytesInput.concat(
          BytesInput.from(page.array(), 0, page.size()),
          BytesInput.from(plain.array(), 0, plain.size()));
    }
    if (encoding == Encoding.PLAIN) {
      page.put(plain.array(), 0, plain.size());
    }
    return BytesInput.from(page.array(), 0, page.size());
  }

  /** Puts ids into the page, or leaves plain values where they are. */
  private Encoding putValues() throws IOException {
    D active = active();
    if (active != null) {
      int start = page.size();
      putIds(active);
      long encoded = page.size() - start + (long) active.plainBytes();
      if (usedEntries > 0 || encoded < rawBytes) {
        usedEntries = active.size();
        return Encoding.PLAIN_DICTIONARY;
      }
      page.truncate(start);
      fallBack(active);
    }
    return Encoding.PLAIN;
  }

  private void putIds(D active) throws IOException {
    int width = BytesUtils.getWidthFromMaxInt(Math.max(active.size() - 1, 0));
    page.putByte(width);
    if (idsAreEqual()) {
      page.putVarInt(idCount << 1);
      for (int shift = 0; shift < width; shift += 8) {
        page.putByte(ids[0] >>> shift);
      }
      return;
    }
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(
            width, 1024, 1 << 20, HeapByteBufferAllocator.getInstance())) {
      for (int i = 0; i < idCount; i++) {
        encoder.writeInt(ids[i]);
      }
      BytesInput encoded = encoder.toBytes();
      page.put(encoded.toByteArray(), 0, (int) encoded.size());
    }
  }

  /** Whether one run says it all, as in columns that are the same for all rows of a load. */
  private boolean idsAreEqual() {
    for (int i = 1; i < idCount; i++) {
      if (ids[i] != ids[0]) {
        return false;
      }
    }
    return idCount > 0;
  }

  private void fallBack(D active) {
    for (int i = 0; i < idCount; i++) {
      active.plain(ids[i], plain);
    }
    idCount = 0;
    ids = new int[0];
    inDictionary = false;
    if (usedEntries == 0) {
      dictionary = null;
    }
  }
}
