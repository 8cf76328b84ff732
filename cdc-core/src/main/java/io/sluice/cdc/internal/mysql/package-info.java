/** Leaf: connections to MySQL and plain facts about the server and its tables. */
@NullMarked
package io.sluice.cdc.internal.mysql;

import org.jspecify.annotations.NullMarked;
