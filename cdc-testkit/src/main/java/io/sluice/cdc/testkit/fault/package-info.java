/** Which requests a fault proxy spoils, and how. */
@NullMarked
package io.sluice.cdc.testkit.fault;

import org.jspecify.annotations.NullMarked;
