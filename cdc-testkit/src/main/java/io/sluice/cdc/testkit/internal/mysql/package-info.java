/** Where MySQL comes from (bundled, installed, container) and how it is started and stopped. */
@NullMarked
package io.sluice.cdc.testkit.internal.mysql;

import org.jspecify.annotations.NullMarked;
