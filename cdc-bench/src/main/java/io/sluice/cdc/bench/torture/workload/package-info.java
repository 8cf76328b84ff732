/** Random transactions on MySQL that leave traces by which their wholeness can be judged. */
@NullMarked
package io.sluice.cdc.bench.torture.workload;

import org.jspecify.annotations.NullMarked;
