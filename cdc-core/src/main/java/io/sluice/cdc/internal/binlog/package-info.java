/**
 * The row lane: Debezium's engine reads the binlog, rows leave it as the binlog client decoded
 * them. The only room that knows Debezium, Kafka Connect and the binlog client.
 */
@NullMarked
package io.sluice.cdc.internal.binlog;

import org.jspecify.annotations.NullMarked;
