package io.sluice.cdc.s3.internal.stage;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.s3.internal.encode.Compressors;
import io.sluice.cdc.s3.internal.encode.ParquetEncoder;
import io.sluice.cdc.s3.internal.encode.ParquetSettings;
import io.sluice.cdc.s3.internal.key.Keys;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Opens the files of one stage.
 *
 * @param pipeline the pipeline's id, for the files' footers
 * @param keys spells where they go
 * @param epoch this writer's
 * @param stage numbered in the epoch
 * @param settings how they are written
 * @param compressors shared by all files
 * @param transfers uploads them
 * @param budget counts their memory
 * @param versions numbers structures
 */
public record FileFactory(
    String pipeline,
    Keys keys,
    long epoch,
    long stage,
    ParquetSettings settings,
    Compressors compressors,
    Transfers transfers,
    MemoryBudget budget,
    SchemaVersions versions) {
  private static final JsonMapper MAPPER = new JsonMapper();

  OpenFile open(TableSchema schema, RowBatch.Kind kind, int part) {
    int version = versions.of(schema);
    Upload upload = new Upload(transfers, keys.staged(epoch, stage, part, schema.table()));
    try {
      ParquetEncoder encoder = new ParquetEncoder(schema, kind, settings, compressors, upload);
      return new OpenFile(
          schema,
          version,
          kind,
          metadata(pipeline, schema, version, kind),
          encoder,
          upload,
          budget);
    } catch (IOException e) {
      throw new SinkException(
          "Cannot begin a Parquet file for table " + schema.table() + ": " + e.getMessage(),
          "This is a defect of Sluice; please report it with the structure of the table",
          e);
    }
  }

  /** Texts for the footer. */
  static Map<String, String> metadata(
      String pipeline, TableSchema schema, int version, RowBatch.Kind kind) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("sluice.pipeline", pipeline);
    metadata.put("sluice.database", schema.table().database());
    metadata.put("sluice.table", schema.table().table());
    metadata.put("sluice.kind", Keys.kindOf(kind));
    metadata.put("sluice.schema", Integer.toString(version));
    ObjectNode types = MAPPER.createObjectNode();
    for (Column column : schema.columns()) {
      types.put(column.name(), column.mysqlType());
    }
    metadata.put("sluice.mysqlTypes", types.toString());
    return metadata;
  }
}
