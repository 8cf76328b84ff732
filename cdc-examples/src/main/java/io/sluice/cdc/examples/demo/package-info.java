/** The demo: a small shop on disposable servers, kept in step before your eyes. */
@NullMarked
package io.sluice.cdc.examples.demo;

import org.jspecify.annotations.NullMarked;
