/** The command {@code bin/cdc}: its configuration file, its subcommands. */
@NullMarked
package io.sluice.cdc.examples.command;

import org.jspecify.annotations.NullMarked;
