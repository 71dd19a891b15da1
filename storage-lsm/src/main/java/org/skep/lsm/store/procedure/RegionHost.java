package org.skep.lsm.store.procedure;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.skep.lsm.region.RegionFile;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.directory.StoreDirectory;
import org.skep.lsm.store.meta.Catalogue;
import org.skep.lsm.store.meta.MetaTable;

/**
 * What procedures ask of a running store. Each call can be repeated: it looks at what is there and
 * does what is left. Implementations are safe for use by many threads.
 */
public interface RegionHost {
    /** The truth. */
    MetaTable meta();

    /** What meta says, in memory. */
    Catalogue catalogue();

    /** Lets everybody see what was written to meta. */
    void publish(UnaryOperator<Catalogue> change);

    /** Where things lie. */
    StoreDirectory directory();

    /**
     * Begins to serve a region, with its table's descriptor; what the log has of it is replayed.
     */
    void open(RegionInfo region);

    /** Ends serving regions when all their writes are in files. */
    void closeFlushed(List<RegionInfo> regions);

    /** Ends serving a region that is no longer wanted; what was not flushed is forgotten. */
    void closeDiscarded(RegionInfo region);

    /** The files of a region that is not served. */
    List<RegionFile> files(RegionInfo region);

    /** The files of the regions in a snapshot. */
    List<RegionFile> snapshotFiles(String snapshot);

    /** Makes a region that nobody serves, from scratch, for good. */
    void make(RegionInfo region, TableDescriptor descriptor, List<RegionFile> files);

    /** Takes away the files of all families but some from a region that is not served. */
    void keepFamilies(RegionInfo region, Set<String> families);

    /** Puts a table's descriptor where it is found if meta should be lost. */
    void keepDescriptor(TableDescriptor descriptor);

    /**
     * Lets a directory be no region any more; its files are deleted as soon as nothing names them.
     */
    void retire(RegionInfo region);

    /** Takes away what is left of the directory of a table that is not there any more. */
    void retireTable(TableDescriptor descriptor);

    /**
     * Copies files for a load into a directory of the store, each within one region.
     *
     * @param source holds a directory for each family
     * @throws org.skep.base.error.SkepException INVALID_LOAD_FILE if there is a family that the
     *     table does not have, or a file that cannot be read
     */
    List<LoadFiles.Staged> stage(TableName table, String source, String staging);

    /** Gives a region files that lie in a directory of the store, unless it has them. */
    void load(RegionInfo region, List<LoadFiles.Staged> files, String staging);
}
