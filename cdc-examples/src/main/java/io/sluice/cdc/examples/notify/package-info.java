/**
 * An example of what to do when S3 tells that a commit can be read: a function for AWS Lambda that
 * registers the partitions of its files.
 */
@NullMarked
package io.sluice.cdc.examples.notify;

import org.jspecify.annotations.NullMarked;
