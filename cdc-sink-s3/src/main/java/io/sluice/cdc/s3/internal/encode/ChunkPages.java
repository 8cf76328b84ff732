package io.sluice.cdc.s3.internal.encode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one column of one row group, as this package writes them; one at a time is
 * decompressed. Used by one thread.
 */
final class ChunkPages implements PageReader {
  private final ColumnMetaData column;
  private final byte[] bytes;
  private final ByteArrayInputStream in;
  private final int end;
  private long valuesLeft;
  private @Nullable PageHeader ahead;

  /**
   * Pages of a column.
   *
   * @param bytes holds the row group
   * @param offset where the column begins in it
   */
  ChunkPages(ColumnMetaData column, byte[] bytes, int offset) {
    this.column = column;
    this.bytes = bytes;
    this.end = offset + Math.toIntExact(column.getTotal_compressed_size());
    this.in = new ByteArrayInputStream(bytes, offset, end - offset);
    this.valuesLeft = column.getNum_values();
  }

  @Override
  public @Nullable DictionaryPage readDictionaryPage() {
    PageHeader header = next();
    if (header.getType() != PageType.DICTIONARY_PAGE) {
      ahead = header;
      return null;
    }
    return new DictionaryPage(
        BytesInput.from(content(header)),
        header.getDictionary_page_header().getNum_values(),
        encoding(header.getDictionary_page_header().getEncoding()));
  }

  @Override
  public long getTotalValueCount() {
    return column.getNum_values();
  }

  @Override
  public @Nullable DataPage readPage() {
    if (valuesLeft <= 0) {
      return null;
    }
    PageHeader header = next();
    if (header.getType() != PageType.DATA_PAGE) {
      throw broken("a page of type " + header.getType() + ", which Sluice does not write", null);
    }
    DataPageHeader data = header.getData_page_header();
    valuesLeft -= data.getNum_values();
    return new DataPageV1(
        BytesInput.from(content(header)),
        data.getNum_values(),
        header.getUncompressed_page_size(),
        null,
        encoding(data.getRepetition_level_encoding()),
        encoding(data.getDefinition_level_encoding()),
        encoding(data.getEncoding()));
  }

  private PageHeader next() {
    PageHeader header = ahead;
    ahead = null;
    try {
      return header == null ? Util.readPageHeader(in) : header;
    } catch (IOException e) {
      throw broken("a page header that cannot be read", e);
    }
  }

  private byte[] content(PageHeader header) {
    int length = header.getCompressed_page_size();
    int from = end - in.available();
    if (length < 0 || length > in.available()) {
      throw broken("a page that is longer than its column", null);
    }
    in.skip(length);
    if (header.isSetCrc()) {
      CRC32 crc = new CRC32();
      crc.update(bytes, from, length);
      if ((int) crc.getValue() != header.getCrc()) {
        throw broken("a page whose checksum is wrong", null);
      }
    }
    try {
      int size = header.getUncompressed_page_size();
      return Decompression.of(column.getCodec(), bytes, from, length, size);
    } catch (IOException e) {
      throw broken(String.valueOf(e.getMessage()), e);
    }
  }

  private UncheckedIOException broken(String what, @Nullable IOException cause) {
    String where = String.join(".", column.getPath_in_schema());
    return new UncheckedIOException(new IOException("column " + where + " has " + what, cause));
  }

  private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
    return Encoding.valueOf(encoding.name());
  }
}
