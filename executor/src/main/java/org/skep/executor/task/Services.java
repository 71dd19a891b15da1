package org.skep.executor.task;

import org.skep.base.concurrent.CancelFlag;
import org.skep.base.io.FileSystems;
import org.skep.base.memory.MemoryPool;
import org.skep.base.time.Clock;
import org.skep.functions.catalogue.FunctionCatalogue;
import org.skep.storage.TableFormats;

/**
 * What a query needs of the process that it runs in. Immutable, but for the services in it.
 *
 * @param memory the pool of the query
 * @param cancelFlag the statement's; the runner also raises it when a task fails
 */
public record Services(
        FunctionCatalogue functions,
        TableFormats formats,
        FileSystems fileSystems,
        MemoryPool memory,
        CancelFlag cancelFlag,
        Clock clock) {}
