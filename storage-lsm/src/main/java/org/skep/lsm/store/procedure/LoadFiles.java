package org.skep.lsm.store.procedure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.skep.base.fault.Crash;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.directory.SealedRecord;
import org.skep.lsm.store.meta.RegionInfoFormat;

/**
 * Gives a table files that somebody else wrote. All families of a region get theirs at once.
 * Confined to one thread.
 *
 * <ol>
 *   <li>stage: copies of the files, cut at the bounds of regions, lie in a directory of ours
 *   <li>load: the regions have them; from here on it only goes forward
 *   <li>clean: the directory is gone
 * </ol>
 */
public final class LoadFiles implements Procedure {
    static final String KIND = "load";

    private static final int MAGIC = 0x534b504c; // "SKPL"
    private static final int VERSION = 1;

    /**
     * A file that is ready to be loaded.
     *
     * @param name in the staging directory, unique in the store
     */
    public record Staged(RegionInfo region, String family, String name) {}

    private final RegionHost host;
    private final TableName table;
    private final String source;
    private final String staging;
    private List<Staged> files;

    private LoadFiles(
            RegionHost host, TableName table, String source, String staging, List<Staged> files) {
        this.host = host;
        this.table = table;
        this.source = source;
        this.staging = staging;
        this.files = files;
    }

    /**
     * Loads {@code <source>/<family>/<file>}.
     *
     * @param staging an absolute path in the store where nothing is yet
     */
    public static LoadFiles of(RegionHost host, TableName table, String source, String staging) {
        return new LoadFiles(host, table, source, staging, List.of());
    }

    /** Reads what {@link #payload} gave. */
    static LoadFiles decode(RegionHost host, byte[] bytes, String where) {
        SealedRecord.Reader reader = SealedRecord.read(bytes, MAGIC, VERSION, where);
        String namespace = reader.text();
        TableName table = new TableName(namespace, reader.text());
        String source = reader.text();
        String staging = host.directory().absolute(reader.text());
        List<Staged> files = new ArrayList<>();
        for (int left = reader.number(); left > 0; left--) {
            RegionInfo region = RegionInfoFormat.decode(reader.bytes(), where);
            String family = reader.text();
            files.add(new Staged(region, family, reader.text()));
        }
        return new LoadFiles(host, table, source, staging, files);
    }

    @Override
    public byte[] payload() {
        SealedRecord.Writer writer =
                SealedRecord.write(MAGIC, VERSION)
                        .text(table.namespace())
                        .text(table.qualifier())
                        .text(source)
                        .text(host.directory().relative(staging))
                        .number(files.size());
        for (Staged file : files) {
            writer.bytes(RegionInfoFormat.encode(file.region()))
                    .text(file.family())
                    .text(file.name());
        }
        return writer.seal();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public SortedSet<String> locks() {
        return new TreeSet<>(Set.of("table " + table));
    }

    @Override
    public String describe() {
        return "load " + source + " into " + table;
    }

    /** How many files were loaded. */
    public int loaded() {
        return files.size();
    }

    @Override
    public List<Step> steps() {
        return List.of(
                new Step("stage", this::stage),
                new Step("load", this::load),
                new Step("clean", this::clean));
    }

    @Override
    public int binding() {
        return 1;
    }

    private void stage() {
        clean();
        files = host.stage(table, source, staging);
    }

    private void load() {
        Map<RegionInfo, List<Staged>> byRegion = new LinkedHashMap<>();
        files.forEach(
                file ->
                        byRegion.computeIfAbsent(file.region(), any -> new ArrayList<>())
                                .add(file));
        byRegion.forEach(
                (region, staged) -> {
                    host.load(region, staged, staging);
                    Crash.point("procedure.load.load.between");
                });
    }

    private void clean() {
        host.directory().remove(staging);
    }

    @Override
    public void undo() {
        clean();
    }
}
