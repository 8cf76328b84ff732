/** The mains: the command, the demo, the quickstart of the README. */
@NullMarked
package io.sluice.cdc.examples;

import org.jspecify.annotations.NullMarked;
