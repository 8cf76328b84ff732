/**
 * Who works on a pipeline's files beside it: compaction, and the merge into a lake. They are killed
 * too, and what they make of the files must be right in the end.
 */
@NullMarked
package io.sluice.cdc.bench.torture.bystander;

import org.jspecify.annotations.NullMarked;
