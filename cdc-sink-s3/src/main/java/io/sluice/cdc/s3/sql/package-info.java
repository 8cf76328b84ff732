/**
 * Writes the SQL with which engines read what a pipeline keeps on S3: {@link
 * io.sluice.cdc.s3.sql.LakeSql}. It knows the commit log through the front door alone, and nothing
 * depends on it.
 */
@NullMarked
package io.sluice.cdc.s3.sql;

import org.jspecify.annotations.NullMarked;
