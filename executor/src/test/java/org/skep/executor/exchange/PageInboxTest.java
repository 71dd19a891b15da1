package org.skep.executor.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.base.time.Clock;
import org.skep.executor.task.Services;
import org.skep.functions.catalogue.BuiltInFunctions;
import org.skep.plan.stage.QueryContext;
import org.skep.types.DataType;
import org.skep.types.page.PageWriter;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.LongVector;

/** Pages come in any order, and are read in the order in which they were sent. */
final class PageInboxTest {
    private static final List<DataType> TYPES = List.of(DataType.BIGINT);

    @TempDir private Path directory;

    private MemoryPool pool;

    private PageInbox inbox(long memory, String spillDirectory, boolean shared) {
        pool = MemoryPool.root("test", memory);
        QueryContext context =
                new QueryContext(
                        "q1", "u", "d", "UTC", 0, Map.of(), memory, spillDirectory, 2048, false);
        Services services =
                new Services(
                        BuiltInFunctions.catalogue(),
                        name -> {
                            throw new IllegalStateException("No format " + name);
                        },
                        location -> LocalFileSystem.INSTANCE,
                        pool,
                        new CancelFlag(),
                        Clock.SYSTEM);
        return new PageInbox("Map 1", TYPES, shared, context, services);
    }

    private static byte[] page(long value) {
        LongVector vector = new LongVector(DataType.BIGINT, 1);
        vector.values()[0] = value;
        return new PageWriter(PageWriter.Compression.NONE)
                .write(ColumnBatch.dense(new ColumnVector[] {vector}, 1));
    }

    private static List<Long> read(PageInbox inbox) {
        List<Long> values = new ArrayList<>();
        for (int sender = 0; sender < inbox.senders(); sender++) {
            ColumnBatch batch;
            for (int i = 0; (batch = inbox.get(sender, 7, i)) != null; i++) {
                values.add(((LongVector) batch.column(0)).values()[0]);
            }
        }
        return values;
    }

    @Test
    void pagesAreReadAsTheyWereSent() {
        try (PageInbox inbox = inbox(1 << 20, null, false)) {
            inbox.add(2, 1, page(21));
            inbox.add(0, 0, page(0));
            inbox.add(2, 0, page(20));
            inbox.add(0, 2, page(2));
            inbox.add(0, 1, page(1));
            inbox.seal();
            assertThat(pool.reserved()).isPositive();
            assertThat(read(inbox)).containsExactly(0L, 1L, 2L, 20L, 21L);
            assertThat(pool.reserved()).isZero();
        }
    }

    @Test
    void aSharedInboxIsReadAgain() {
        try (PageInbox inbox = inbox(1 << 20, null, true)) {
            inbox.add(0, 0, page(5));
            inbox.seal();
            assertThat(read(inbox)).containsExactly(5L);
            assertThat(read(inbox)).containsExactly(5L);
        }
        assertThat(pool.reserved()).isZero();
    }

    @Test
    void aMissingPageAndOneThatComesTwiceAreNoticed() {
        try (PageInbox inbox = inbox(1 << 20, null, false)) {
            inbox.add(1, 1, page(1));
            assertThatThrownBy(inbox::seal).hasMessage("Page 0 of task 1 of Map 1 is missing");
            assertThatThrownBy(() -> inbox.add(1, 1, page(1)))
                    .hasMessage("Page 1 of task 1 of Map 1 came twice");
        }
        assertThat(pool.reserved()).isZero();
    }

    @Test
    void whatDoesNotFitGoesToDisk() throws IOException {
        try (PageInbox inbox = inbox(page(0).length, directory.toString(), false)) {
            for (int i = 4; i >= 0; i--) {
                inbox.add(0, i, page(i));
            }
            inbox.seal();
            assertThat(files()).isEqualTo(1);
            assertThat(read(inbox)).containsExactly(0L, 1L, 2L, 3L, 4L);
        }
        assertThat(files()).isZero();
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }

    @Test
    void withoutADiskTheLimitIsNamed() {
        try (PageInbox inbox = inbox(1, null, false)) {
            assertThatThrownBy(() -> inbox.add(0, 0, page(1)))
                    .isInstanceOfSatisfying(
                            SkepException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_LIMIT))
                    .hasMessageStartingWith("Memory limit exceeded in exchange of Map 1: limit 1");
        }
    }
}
