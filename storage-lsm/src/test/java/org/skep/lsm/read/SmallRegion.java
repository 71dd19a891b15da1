package org.skep.lsm.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Mutation;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.schema.ColumnFamily;

/** A region in memory, for tests of the rules alone: its files are lists. */
final class SmallRegion {
    private final List<ColumnFamily> families;
    private final Map<String, List<Cell>> memory = new LinkedHashMap<>();
    // Newest first.
    private final Map<String, List<List<Cell>>> files = new LinkedHashMap<>();
    private long sequence;
    private long smallestReadPoint = Long.MAX_VALUE;
    private long timeToPurge;
    long now = 1_000_000;

    SmallRegion(ColumnFamily... families) {
        this.families =
                List.of(families).stream()
                        .sorted(Comparator.comparing(ColumnFamily::name))
                        .toList();
        for (ColumnFamily family : this.families) {
            memory.put(family.name(), new ArrayList<>());
            files.put(family.name(), new ArrayList<>());
        }
    }

    static byte[] b(String text) {
        return Cell.utf8(text);
    }

    long readPoint() {
        return sequence;
    }

    void smallestReadPoint(long value) {
        smallestReadPoint = value;
    }

    void timeToPurge(long millis) {
        timeToPurge = millis;
    }

    /** Applies mutations as one write. */
    void write(Mutation<?>... mutations) {
        sequence++;
        for (Mutation<?> mutation : mutations) {
            if (mutation instanceof Delete delete && delete.wholeRow()) {
                for (ColumnFamily family : families) {
                    long at = delete.timestamp() == Cell.LATEST ? now : delete.timestamp();
                    insert(
                            Cell.of(
                                    delete.row(),
                                    family.nameBytes(),
                                    b(""),
                                    at,
                                    CellType.DELETE_FAMILY,
                                    b("")));
                }
            }
            for (Cell cell : mutation.cells()) {
                insert(stamped(cell, mutation));
            }
        }
    }

    private Cell stamped(Cell cell, Mutation<?> mutation) {
        long at = cell.timestamp();
        if (at == Cell.LATEST) {
            at = now;
            if (cell.type() == CellType.DELETE) {
                Result newest = get(new Get(cell.row()).addColumn(cell.family(), cell.qualifier()));
                at = newest.isEmpty() ? now : newest.cells().get(0).timestamp();
            }
        }
        byte[] tags = cell.tags();
        if (mutation.ttlMillis() != Mutation.NO_TTL) {
            tags =
                    java.nio.ByteBuffer.allocate(11)
                            .putShort((short) 9)
                            .put((byte) 8)
                            .putLong(mutation.ttlMillis())
                            .array();
        }
        return Cell.of(
                cell.row(), cell.family(), cell.qualifier(), at, cell.type(), cell.value(), tags);
    }

    // As in memory, the last of equal cells of one write is in front.
    private void insert(Cell cell) {
        memory.get(new String(cell.family(), java.nio.charset.StandardCharsets.UTF_8))
                .add(0, Cell.at(cell.array(), cell.offset(), sequence));
    }

    SmallRegion put(String row, String column, long at, String value) {
        int colon = column.indexOf(':');
        write(
                new Put(b(row))
                        .add(
                                b(column.substring(0, colon)),
                                b(column.substring(colon + 1)),
                                at,
                                b(value)));
        return this;
    }

    void flush() {
        for (ColumnFamily family : families) {
            List<Cell> cells = memory.get(family.name());
            if (!cells.isEmpty()) {
                List<Cell> file = rewrite(family, List.of(cells), CompactionKind.RETAIN_DELETES);
                memory.put(family.name(), new ArrayList<>());
                files.get(family.name()).add(0, file);
            }
        }
    }

    /** Compacts so many of the newest files; all of them drop their markers. */
    void compact(int count) {
        for (ColumnFamily family : families) {
            List<List<Cell>> all = files.get(family.name());
            List<List<Cell>> chosen = all.subList(0, Math.min(count, all.size()));
            if (chosen.isEmpty()) {
                continue;
            }
            List<Cell> file =
                    rewrite(
                            family,
                            chosen,
                            chosen.size() == all.size()
                                    ? CompactionKind.DROP_DELETES
                                    : CompactionKind.RETAIN_DELETES);
            chosen.clear();
            all.add(0, file);
        }
    }

    void major() {
        flush();
        compact(Integer.MAX_VALUE);
    }

    private List<Cell> rewrite(ColumnFamily family, List<List<Cell>> sources, CompactionKind kind) {
        List<Cell> kept = new ArrayList<>();
        try (StoreScanner scanner =
                StoreScanner.compaction(
                        family,
                        sources.stream().map(ListSource::new).toList(),
                        kind,
                        Math.min(sequence, smallestReadPoint),
                        Long.MIN_VALUE,
                        timeToPurge,
                        now)) {
            while (scanner.next()) {
                kept.add(Cell.copyOf(scanner.cell()));
            }
        }
        return kept;
    }

    List<ListSource> sources(ColumnFamily family) {
        List<ListSource> sources = new ArrayList<>();
        sources.add(new ListSource(memory.get(family.name())));
        for (List<Cell> file : files.get(family.name())) {
            sources.add(new ListSource(file));
        }
        return sources;
    }

    RegionScanner scanner(Scan scan) {
        return scanner(scan, sequence);
    }

    private RegionScanner scanner(Scan scan, long readPoint) {
        return RegionScanner.open(
                scan, families, (family, s, columns) -> sources(family), readPoint, now);
    }

    Result get(Get get) {
        return RegionScanner.get(
                get, families, (family, s, columns) -> sources(family), sequence, now);
    }

    List<Result> results(Scan scan) {
        return results(scan, sequence);
    }

    private List<Result> results(Scan scan, long readPoint) {
        List<Result> results = new ArrayList<>();
        try (RegionScanner scanner = scanner(scan, readPoint)) {
            for (Result result = scanner.next(); result != null; result = scanner.next()) {
                results.add(result);
            }
        }
        return results;
    }

    /** The values of a column, newest first. */
    String values(String row, String column) {
        int colon = column.indexOf(':');
        return text(
                get(
                        new Get(b(row))
                                .addColumn(
                                        b(column.substring(0, colon)),
                                        b(column.substring(colon + 1)))
                                .readAllVersions()));
    }

    /** Everything, also markers and what they hide. */
    String raw() {
        return text(new Scan().raw(true).readAllVersions());
    }

    String text(Scan scan) {
        return results(scan).stream().map(SmallRegion::text).collect(Collectors.joining(" "));
    }

    /** What a reader sees to whom only writes up to {@code readPoint} are visible. */
    String text(Scan scan, long readPoint) {
        return results(scan, readPoint).stream()
                .map(SmallRegion::text)
                .collect(Collectors.joining(" "));
    }

    static String text(Result result) {
        return result.cells().stream().map(SmallRegion::text).collect(Collectors.joining(" "));
    }

    /** Such as {@code f:q@3=v} or {@code f:q@3/DELETE}. */
    static String text(Cell cell) {
        String name = utf8(cell.family()) + ":" + utf8(cell.qualifier()) + "@" + cell.timestamp();
        return cell.type() == CellType.PUT
                ? name + "=" + utf8(cell.value())
                : name + "/" + cell.type();
    }

    static String rows(List<Result> results) {
        return results.stream().map(r -> utf8(r.row())).collect(Collectors.joining(" "));
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
}
