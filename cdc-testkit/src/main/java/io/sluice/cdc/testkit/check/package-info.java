/**
 * The judge: is what lies in the bucket the same as what MySQL holds? It shares no code with Sluice
 * itself, so that it shares none of its mistakes.
 */
@NullMarked
package io.sluice.cdc.testkit.check;

import org.jspecify.annotations.NullMarked;
