package io.sluice.cdc.config;

/**
 * Everything about a pipeline but its sink.
 *
 * @param pipeline the pipeline's id
 * @param source the server and its tables
 * @param load full loads
 * @param batch when changes are committed
 * @param types choices in the mapping of types
 * @param protection which values are changed or left out
 * @param limits limits that hold
 */
public record PipelineConfig(
    PipelineId pipeline,
    SourceConfig source,
    LoadConfig load,
    BatchConfig batch,
    TypesConfig types,
    ProtectionConfig protection,
    LimitsConfig limits) {}
