/** Child processes, their folders, and the guard that removes both when this JVM is gone. */
@NullMarked
package io.sluice.cdc.testkit.internal.process;

import org.jspecify.annotations.NullMarked;
