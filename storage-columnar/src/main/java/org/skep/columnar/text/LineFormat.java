package org.skep.columnar.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.storage.ColumnStatistics;
import org.skep.storage.FileStatistics;
import org.skep.storage.ScanRequest;
import org.skep.storage.Split;
import org.skep.storage.TableFormat;
import org.skep.storage.TableLayout;
import org.skep.types.Datum;

/**
 * What formats have in common whose rows are lines: cutting and opening files, header and footer
 * lines, compression by the ending of a name, charsets. Stateless; safe for use by many threads.
 */
abstract class LineFormat implements TableFormat {
    private static final int WINDOW_BYTES = 512 << 10;
    private static final int LEAST_WINDOW_BYTES = 4 << 10;
    // The last piece may be this much longer, rather than leave a small one.
    private static final double SLACK = 1.1;

    @Override
    public String extension() {
        return "";
    }

    @Override
    public List<Split> splits(
            FileSystem fileSystem,
            FileStatus file,
            TableLayout layout,
            List<Datum> partitionValues,
            long targetBytes) {
        List<Split> splits = new ArrayList<>();
        long target = isCuttable(file.path(), layout) ? Math.max(1, targetBytes) : file.length();
        long offset = 0;
        while (offset < file.length()) {
            long left = file.length() - offset;
            long length = left > target * SLACK ? target : left;
            splits.add(Split.of(file, offset, offset + length, partitionValues, -1));
            offset += length;
        }
        return splits;
    }

    private static boolean isCuttable(String path, TableLayout layout) {
        TextOptions options = TextOptions.of(layout.properties());
        return TextCompression.of(path) == TextCompression.NONE
                && options.footerLines() == 0
                && options.isUtf8();
    }

    /** The lines of a split, which stand at the first that is a row. */
    static LineInput lines(
            FileSystem fileSystem, Split split, ScanRequest request, TextOptions options) {
        boolean cuttable = isCuttable(split.path(), request.layout());
        long end = cuttable ? split.offset() + split.length() : Long.MAX_VALUE;
        long mostRows = Long.MAX_VALUE;
        if (options.footerLines() > 0) {
            try (LineBlocks all = lines(fileSystem, split, request, options, 0, end)) {
                long dataLines = all.countRest() - options.headerLines() - options.footerLines();
                mostRows = Math.max(0, dataLines);
            }
        }
        boolean within = cuttable && split.offset() > 0;
        LineBlocks lines =
                within
                        ? linesFromWithin(fileSystem, split, request, options)
                        : lines(fileSystem, split, request, options, 0, end);
        boolean opened = false;
        try {
            if (!within) {
                lines.skip(options.headerLines());
            }
            opened = true;
            return new LineInput(lines, end, mostRows);
        } finally {
            if (!opened) {
                lines.close();
            }
        }
    }

    /** The lines that begin in a split that is not the file's first. */
    private static LineBlocks linesFromWithin(
            FileSystem fileSystem, Split split, ScanRequest request, TextOptions options) {
        long end = split.offset() + split.length();
        if (options.headerLines() > 0) {
            long headerEnd;
            try (LineBlocks head = lines(fileSystem, split, request, options, 0, end)) {
                head.skip(options.headerLines());
                headerEnd = head.advance() ? head.position() : Long.MAX_VALUE;
            }
            if (headerEnd >= split.offset()) {
                long start = Math.min(headerEnd, split.fileLength());
                return lines(fileSystem, split, request, options, start, end);
            }
        }
        // If a line ends right before the split, skipping the rest of that line skips nothing.
        LineBlocks lines = lines(fileSystem, split, request, options, split.offset() - 1, end);
        boolean skipped = false;
        try {
            lines.skip(1);
            skipped = true;
            return lines;
        } finally {
            if (!skipped) {
                lines.close();
            }
        }
    }

    private static LineBlocks lines(
            FileSystem fileSystem,
            Split split,
            ScanRequest request,
            TextOptions options,
            long start,
            long end) {
        String path = split.path();
        InputFile file = fileSystem.open(path);
        boolean opened = false;
        try {
            TextCompression compression = TextCompression.of(path);
            ByteSource source;
            int window = WINDOW_BYTES;
            if (compression == TextCompression.NONE && options.isUtf8()) {
                source = new PlainSource(file, start, end);
                long wanted = Math.min(end, file.length()) - start + LEAST_WINDOW_BYTES;
                window = (int) Math.max(LEAST_WINDOW_BYTES, Math.min(window, wanted));
            } else {
                source = stream(path, file, compression, options);
            }
            LineBlocks lines = new LineBlocks(path, source, request.memory(), window);
            opened = true;
            return lines;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    private static ByteSource stream(
            String path, InputFile file, TextCompression compression, TextOptions options) {
        FileStream bytes = new FileStream(file);
        try {
            InputStream content = compression.decompress(path, bytes);
            if (!options.isUtf8()) {
                content = new TranscodingStream(content, options.charset());
            }
            return new StreamSource(path, bytes, content);
        } catch (IOException e) {
            throw new SkepException(
                    ErrorCode.CORRUPT_FILE,
                    "Cannot decompress %s: %s".formatted(path, e.getMessage()),
                    e);
        }
    }

    @Override
    public FileStatistics statistics(FileSystem fileSystem, FileStatus file, TableLayout layout) {
        return unknown(layout);
    }

    static FileStatistics unknown(TableLayout layout) {
        return new FileStatistics(
                -1, Collections.nCopies(layout.columns().size(), ColumnStatistics.UNKNOWN));
    }
}
