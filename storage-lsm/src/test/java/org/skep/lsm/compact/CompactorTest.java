package org.skep.lsm.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.error.SkepException;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.io.FileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.base.time.Clock;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellOrder;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.SeekKey;
import org.skep.lsm.hfile.HFile;
import org.skep.lsm.hfile.HFileMetadata;
import org.skep.lsm.hfile.HFileOptions;
import org.skep.lsm.hfile.HFileWriter;
import org.skep.lsm.hfile.ReadMode;
import org.skep.lsm.read.CompactionKind;
import org.skep.lsm.schema.ColumnFamily;

/** Joining files of memory's file system. */
final class CompactorTest {
    private static final byte[] F = Cell.utf8("f");

    private final FileSystem files = new FaultyFileSystem("/d");
    private final BlockCache cache = new BlockCache(1 << 20, MemoryPool.root("test", 64 << 20));
    private final Compactor compactor =
            new Compactor(files, new Throttle(Clock.SYSTEM, Throttle.UNLIMITED));
    private final ColumnFamily family = ColumnFamily.named("f");
    private final List<HFile> opened = new ArrayList<>();
    private int made;

    @AfterEach
    void closeFiles() {
        opened.forEach(HFile::release);
        cache.close();
    }

    private static Cell cell(String row, long at, CellType type, String value, long sequence) {
        Cell cell = Cell.of(Cell.utf8(row), F, Cell.utf8("q"), at, type, Cell.utf8(value));
        return Cell.at(cell.array(), cell.offset(), sequence);
    }

    private HFile write(Cell... cells) {
        String path = "/d/file" + made++;
        List<Cell> sorted = new ArrayList<>(List.of(cells));
        sorted.sort(Comparator.comparing(Cell::view, CellOrder::compare));
        long last = sorted.stream().mapToLong(Cell::sequence).max().orElse(0);
        try (HFileWriter writer =
                HFileWriter.create(files, path, HFileOptions.of(family, last, 1))) {
            sorted.forEach(cell -> writer.append(cell.view()));
            writer.finish();
        }
        return open(path);
    }

    private HFile open(String path) {
        HFile file = HFile.open(files, path, cache);
        opened.add(file);
        return file;
    }

    private CompactionJob job(
            ColumnFamily of, CompactionKind kind, long smallestReadPoint, HFile... newestFirst) {
        return new CompactionJob(
                of,
                List.of(newestFirst),
                kind,
                kind == CompactionKind.DROP_DELETES,
                "/d/joined" + made++,
                100,
                smallestReadPoint,
                0,
                1_000_000);
    }

    private List<String> join(CompactionJob job) {
        Optional<HFileMetadata> written = compactor.compact(job, new CancelFlag());
        List<String> cells = new ArrayList<>();
        if (written.isEmpty()) {
            assertThat(files.status(job.target())).isEmpty();
            return cells;
        }
        try (CellSource source = open(job.target()).source(ReadMode.RANDOM)) {
            boolean more = source.seek(SeekKey.firstOfRow(new byte[0]));
            while (more) {
                cells.add(Cell.copyOf(source.cell()) + " " + source.cell().sequence());
                more = source.next();
            }
        }
        return cells;
    }

    private final HFile oldest =
            write(cell("a", 1, CellType.PUT, "1", 1), cell("b", 1, CellType.PUT, "1", 2));
    private final HFile newer =
            write(cell("a", 5, CellType.DELETE_COLUMN, "", 3), cell("c", 1, CellType.PUT, "2", 4));

    @Test
    void keepsMarkersOfAPartOfTheFiles() {
        assertThat(join(job(family, CompactionKind.RETAIN_DELETES, 10, newer, oldest)))
                .containsExactly("a/f:q@5/DELETE_COLUMN= 0", "b/f:q@1/PUT=1 0", "c/f:q@1/PUT=2 0");
    }

    @Test
    void dropsMarkersOfAllFiles() {
        CompactionJob job = job(family, CompactionKind.DROP_DELETES, 10, newer, oldest);
        assertThat(join(job)).containsExactly("b/f:q@1/PUT=1 0", "c/f:q@1/PUT=2 0");
        HFileMetadata metadata = opened.get(opened.size() - 1).metadata();
        assertThat(metadata.major()).isTrue();
        assertThat(metadata.sequences()).isFalse();
        assertThat(metadata.maxSequence()).isEqualTo(100);
    }

    @Test
    void keepsWhatOpenReadersNeed() {
        assertThat(join(job(family, CompactionKind.DROP_DELETES, 2, newer, oldest)))
                .containsExactly(
                        "a/f:q@5/DELETE_COLUMN= 3",
                        "a/f:q@1/PUT=1 0",
                        "b/f:q@1/PUT=1 0",
                        "c/f:q@1/PUT=2 4");
    }

    @Test
    void keepsTheOrderOfWritingWhereItCounts() {
        ColumnFamily ordered = family.withNewVersionBehavior();
        assertThat(join(job(ordered, CompactionKind.RETAIN_DELETES, 10, newer, oldest)))
                .containsExactly(
                        "a/f:q@5/DELETE_COLUMN= 3",
                        "a/f:q@1/PUT=1 1",
                        "b/f:q@1/PUT=1 2",
                        "c/f:q@1/PUT=2 4");
        assertThat(join(job(ordered, CompactionKind.DROP_DELETES, 10, newer, oldest)))
                .containsExactly("b/f:q@1/PUT=1 2", "c/f:q@1/PUT=2 4");
    }

    @Test
    void leavesTheNewerOfEqualCellsWithoutSequenceIds() {
        HFile first = write(cell("a", 1, CellType.PUT, "old", 7));
        CompactionJob both = job(family, CompactionKind.RETAIN_DELETES, 10, first, oldest);
        join(both);
        HFile joined = opened.get(opened.size() - 1);
        HFile last = write(cell("a", 1, CellType.PUT, "new", 8));
        assertThat(join(job(family, CompactionKind.DROP_DELETES, 10, last, joined)))
                .containsExactly("a/f:q@1/PUT=new 0", "b/f:q@1/PUT=1 0");
    }

    @Test
    void keepsTheOrderOfFilesThatHaveLostTheirSequenceIds() {
        HFile first =
                write(cell("a", 1, CellType.PUT, "old", 5), cell("b", 1, CellType.PUT, "", 6));
        HFile second = write(cell("a", 1, CellType.PUT, "new", 8));
        join(job(family, CompactionKind.RETAIN_DELETES, 10, second));
        HFile joined = opened.get(opened.size() - 1);
        ColumnFamily ordered = family.withNewVersionBehavior();
        assertThat(join(job(ordered, CompactionKind.RETAIN_DELETES, 10, joined, first)))
                .containsExactly("a/f:q@1/PUT=new 0", "a/f:q@1/PUT=old 0", "b/f:q@1/PUT= 6");
        assertThat(join(job(ordered, CompactionKind.DROP_DELETES, 10, joined, first)))
                .containsExactly("a/f:q@1/PUT=new 0", "b/f:q@1/PUT= 6");
    }

    @Test
    void writesNoFileForNoCells() {
        HFile only = write(cell("a", 1, CellType.DELETE, "", 9));
        assertThat(join(job(family, CompactionKind.DROP_DELETES, 10, only))).isEmpty();
    }

    @Test
    void stopsWhenItIsCancelled() {
        CancelFlag cancel = new CancelFlag();
        cancel.cancel();
        assertThatThrownBy(
                        () ->
                                compactor.compact(
                                        job(family, CompactionKind.DROP_DELETES, 10, oldest),
                                        cancel))
                .isInstanceOf(SkepException.class)
                .hasMessage("Statement cancelled");
    }
}
