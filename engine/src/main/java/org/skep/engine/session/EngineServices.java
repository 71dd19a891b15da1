package org.skep.engine.session;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import org.skep.base.io.FileSystems;
import org.skep.base.memory.MemoryPool;
import org.skep.base.time.Clock;
import org.skep.engine.publish.Publisher;
import org.skep.functions.catalogue.FunctionCatalogue;
import org.skep.metastore.Catalogue;
import org.skep.storage.TableFormats;

/**
 * What an open warehouse lends to its sessions. Immutable, but for the services in it; safe for use
 * by many threads.
 *
 * @param warehouseDirectory where tables without a location of their own go, absolute
 * @param scratch where statements put rows that do not fit in memory
 * @param tasks runs the tasks of queries
 * @param threads how many tasks run side by side
 * @param engines what else runs tasks
 */
public record EngineServices(
        Catalogue catalogue,
        Publisher publisher,
        FileSystems fileSystems,
        TableFormats formats,
        FunctionCatalogue functions,
        MemoryPool memory,
        Clock clock,
        String warehouseDirectory,
        Path scratch,
        ExecutorService tasks,
        int threads,
        Engines engines) {}
