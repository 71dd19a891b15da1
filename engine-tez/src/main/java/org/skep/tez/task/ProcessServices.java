package org.skep.tez.task;

import org.skep.base.concurrent.CancelFlag;
import org.skep.base.io.FileSystems;
import org.skep.base.io.InstalledFileSystems;
import org.skep.base.memory.MemoryPool;
import org.skep.base.time.Clock;
import org.skep.columnar.ColumnarFormats;
import org.skep.executor.task.Services;
import org.skep.functions.catalogue.BuiltInFunctions;
import org.skep.functions.catalogue.FunctionCatalogue;
import org.skep.plan.stage.QueryContext;
import org.skep.storage.TableFormats;

/** What this process lends to its tasks. Has no state but the pool that counts their memory. */
final class ProcessServices {
    // The rest of the heap is for Tez's buffers and for readers and writers.
    private static final MemoryPool MEMORY =
            MemoryPool.root("tez tasks", Runtime.getRuntime().maxMemory() / 2);
    private static final FunctionCatalogue FUNCTIONS = BuiltInFunctions.catalogue();
    private static final TableFormats FORMATS = new ColumnarFormats();
    private static final FileSystems FILE_SYSTEMS = new InstalledFileSystems();

    private ProcessServices() {}

    /** Services for one attempt of a query's task. */
    static Services of(QueryContext query, String attempt, CancelFlag stop) {
        long limit = Math.min(query.memoryLimit(), MEMORY.limit());
        return new Services(
                FUNCTIONS,
                FORMATS,
                FILE_SYSTEMS,
                MEMORY.child(query.queryId() + " " + attempt, limit),
                stop,
                Clock.SYSTEM);
    }
}
