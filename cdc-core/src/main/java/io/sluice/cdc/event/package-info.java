/** Leaf: tables, types, rows and positions as both sources and every sink see them. */
@NullMarked
package io.sluice.cdc.event;

import org.jspecify.annotations.NullMarked;
