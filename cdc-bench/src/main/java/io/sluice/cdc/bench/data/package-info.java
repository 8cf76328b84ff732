/** What is measured on: tables and backlogs, made by the server in seconds. */
@NullMarked
package io.sluice.cdc.bench.data;

import org.jspecify.annotations.NullMarked;
