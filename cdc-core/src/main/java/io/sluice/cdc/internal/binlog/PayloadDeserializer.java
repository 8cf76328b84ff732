package io.sluice.cdc.internal.binlog;

import com.github.luben.zstd.ZstdInputStream;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.TransactionPayloadEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.TransactionPayloadEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.function.Supplier;

/**
 * Opens compressed transactions ({@code binlog_transaction_compression}) so that their events, too,
 * are read by an {@link EventReader}.
 */
final class PayloadDeserializer extends TransactionPayloadEventDataDeserializer {
  private static final int ZSTD = 0;

  private final Supplier<EventDeserializer> readers;

  PayloadDeserializer(Supplier<EventDeserializer> readers) {
    this.readers = readers;
  }

  @Override
  public TransactionPayloadEventData deserialize(ByteArrayInputStream in) throws IOException {
    TransactionPayloadEventData payload = new TransactionPayloadEventData();
    int compression = ZSTD;
    for (int field = in.readPackedInteger();
        field != OTW_PAYLOAD_HEADER_END_MARK;
        field = in.readPackedInteger()) {
      int length = in.readPackedInteger();
      switch (field) {
        case OTW_PAYLOAD_SIZE_FIELD -> payload.setPayloadSize(in.readPackedInteger());
        case OTW_PAYLOAD_COMPRESSION_TYPE_FIELD -> compression = in.readPackedInteger();
        case OTW_PAYLOAD_UNCOMPRESSED_SIZE_FIELD ->
            payload.setUncompressedSize(in.readPackedLong());
        default -> in.read(length);
      }
    }
    payload.setCompressionType(compression);
    payload.setUncompressedEvents(events(in.read(payload.getPayloadSize()), compression));
    return payload;
  }

  private ArrayList<Event> events(byte[] packed, int compression) throws IOException {
    EventDeserializer inner = readers.get();
    ArrayList<Event> events = new ArrayList<>();
    java.io.InputStream bytes = new java.io.ByteArrayInputStream(packed);
    try (java.io.InputStream plain = compression == ZSTD ? new ZstdInputStream(bytes) : bytes) {
      ByteArrayInputStream in = new ByteArrayInputStream(plain);
      for (Event event = inner.nextEvent(in); event != null; event = inner.nextEvent(in)) {
        events.add(event);
      }
    }
    return events;
  }
}
