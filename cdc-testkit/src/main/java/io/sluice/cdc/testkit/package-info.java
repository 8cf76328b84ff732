/**
 * What a test needs to run Sluice for real: a disposable MySQL, a disposable S3 server, and proxies
 * that fail on command.
 *
 * <p>Everything started here ends with the JVM that started it, also when that JVM is killed.
 */
@NullMarked
package io.sluice.cdc.testkit;

import org.jspecify.annotations.NullMarked;
