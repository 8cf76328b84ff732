package io.sluice.cdc.event;

/**
 * The MySQL transaction a row belongs to; rows of one transaction share the object.
 *
 * @param id the GTID, or {@code file:position} without GTID; for a load the view's position
 * @param commitMicros when it was committed in MySQL, microseconds since 1970-01-01T00:00Z, as
 *     precise as the binlog tells (seconds before MySQL 8.0.1 or without GTID)
 */
public record Transaction(String id, long commitMicros) {}
