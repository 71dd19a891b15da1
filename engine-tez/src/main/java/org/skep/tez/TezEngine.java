package org.skep.tez;

import java.util.Map;
import org.skep.executor.dag.DagEngine;
import org.skep.tez.client.TezRunner;

/** Apache Tez as an engine, for {@code hive.execution.engine=tez}. Immutable. */
public final class TezEngine implements DagEngine {
    @Override
    public String name() {
        return "tez";
    }

    @Override
    public OpenRunner open(Map<String, String> settings) {
        return TezRunner.open(settings);
    }
}
