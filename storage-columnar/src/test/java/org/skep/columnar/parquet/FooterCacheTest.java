package org.skep.columnar.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.io.FileStatus;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.base.time.Clock;
import org.skep.columnar.rows.FileRows;
import org.skep.columnar.rows.RandomRows;
import org.skep.storage.TableLayout;
import org.skep.storage.TableWriter;

class FooterCacheTest {
    private static final class Hands implements Clock {
        private long millis;

        @Override
        public Instant now() {
            return Instant.ofEpochMilli(millis);
        }

        @Override
        public long nanoTime() {
            return millis * 1_000_000;
        }
    }

    @TempDir Path directory;
    private final Hands clock = new Hands();
    private final FooterCache cache = new FooterCache(clock);

    private FileStatus file() {
        TableLayout layout = FileRows.layout("parquet", Map.of(), "a", "int");
        Path path = directory.resolve("f.parquet");
        try (TableWriter writer =
                new ParquetFormat()
                        .create(
                                LocalFileSystem.INSTANCE,
                                path.toString(),
                                layout,
                                ZoneOffset.UTC,
                                MemoryPool.root("test", 1L << 30))) {
            writer.write(RandomRows.batch(layout, List.of(List.of(1L))));
            writer.finish();
        }
        return LocalFileSystem.INSTANCE.status(path.toString()).orElseThrow();
    }

    private Footer read(FileStatus file) {
        return cache.footer(
                LocalFileSystem.INSTANCE, file.path(), file.length(), file.modifiedMillis(), null);
    }

    @Test
    void keepsFootersOfSettledFiles() {
        FileStatus file = file();
        clock.millis = file.modifiedMillis() + FooterCache.SETTLED_MILLIS;
        assertThat(read(file)).isSameAs(read(file));
    }

    @Test
    void readsAgainWhatMayChangeWithoutANewTime() {
        FileStatus file = file();
        clock.millis = file.modifiedMillis() + FooterCache.SETTLED_MILLIS - 1;
        Footer first = read(file);
        assertThat(read(file)).isNotSameAs(first);
    }
}
