package org.skep.columnar.parquet;

import java.util.LinkedHashMap;
import java.util.Map;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.time.Clock;

/**
 * The footers that were read last, by path, length and modification time. Safe for use by many
 * threads, guarded by its monitor; two threads may read the same footer at once.
 *
 * <p>A file that was modified a moment ago may be modified again without a change of its time,
 * since the clocks of file systems tick slowly (4 ms is usual, HTTP stores have 1 s). So a footer
 * is kept only when the file had been left alone for {@link #SETTLED_MILLIS} before it was read.
 */
final class FooterCache {
    private static final int MAX_ENTRIES = 256;
    private static final int MAX_CHUNKS = 200_000;
    static final long SETTLED_MILLIS = 2_000;

    private record Key(FileSystem fileSystem, String path, long length, long modifiedMillis) {}

    private final Map<Key, Footer> footers = new LinkedHashMap<>(64, 0.75f, true);
    private final Clock clock;
    private int chunks;

    /** An empty cache that tells the age of files by {@code clock}. */
    FooterCache(Clock clock) {
        this.clock = clock;
    }

    /** The footer of a file, through {@code file} if it is open, which may be null. */
    Footer footer(
            FileSystem fileSystem, String path, long length, long modifiedMillis, InputFile file) {
        Key key = new Key(fileSystem, path, length, modifiedMillis);
        synchronized (this) {
            Footer known = footers.get(key);
            if (known != null) {
                return known;
            }
        }
        boolean settled = clock.millis() - modifiedMillis >= SETTLED_MILLIS;
        Footer footer;
        if (file != null) {
            footer = Footer.read(file);
        } else {
            try (InputFile opened = fileSystem.open(path)) {
                footer = Footer.read(opened);
            }
        }
        if (settled) {
            keep(key, footer);
        }
        return footer;
    }

    private synchronized void keep(Key key, Footer footer) {
        if (footers.put(key, footer) == null) {
            chunks += weight(footer);
        }
        var eldest = footers.entrySet().iterator();
        while (footers.size() > 1 && (footers.size() > MAX_ENTRIES || chunks > MAX_CHUNKS)) {
            chunks -= weight(eldest.next().getValue());
            eldest.remove();
        }
    }

    private static int weight(Footer footer) {
        return footer.rowGroups().size() * footer.leaves().size() + 1;
    }
}
