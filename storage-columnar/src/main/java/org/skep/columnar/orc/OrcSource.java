package org.skep.columnar.orc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.orc.OrcFile;
import org.apache.orc.StripeInformation;
import org.apache.orc.TypeDescription;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.storage.TableLayout;

/**
 * An open file with its footer. Whatever the library throws becomes a failure of ours that names
 * the file. Confined to one thread.
 */
final class OrcSource implements AutoCloseable {
    private static final String BY_POSITION = "orc.force.positional.evolution";
    private static final List<String> ACID_FIELDS =
            List.of("operation", "originalTransaction", "bucket", "rowId", "currentTransaction");

    /** Something that the library does. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws IOException;
    }

    private final InputFile file;
    private final HadoopFiles files;
    private final StripeReader reader;

    private OrcSource(InputFile file) {
        this.file = file;
        files = HadoopFiles.reading(file);
        reader = guarded(this::openReader);
        guarded(this::check);
    }

    static OrcSource open(FileSystem fileSystem, String path) {
        InputFile file = fileSystem.open(path);
        try {
            return new OrcSource(file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private StripeReader openReader() throws IOException {
        return new StripeReader(
                files,
                new OrcFile.ReaderOptions(files.getConf())
                        .filesystem(files)
                        .maxLength(file.length())
                        .useUTCTimestamp(true)
                        .convertToProlepticGregorian(true));
    }

    private Void check() {
        TypeDescription schema = reader.getSchema();
        if (schema.getCategory() != TypeDescription.Category.STRUCT) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED,
                    "Cannot read %s: its rows are no structs but %s"
                            .formatted(file.path(), schema));
        }
        List<String> names = schema.getFieldNames();
        if (names.size() > ACID_FIELDS.size()
                && names.subList(0, ACID_FIELDS.size()).equals(ACID_FIELDS)) {
            throw new SkepException(
                    ErrorCode.ACID_DIRECTORY,
                    "Cannot read %s: a transactional table of Hive wrote it; compact the table and"
                                    .formatted(file.path())
                            + " copy it to one that is not transactional");
        }
        long rows = 0;
        for (StripeInformation stripe : reader.getStripes()) {
            long end = file.length();
            for (long part :
                    new long[] {
                        stripe.getOffset(),
                        stripe.getIndexLength(),
                        stripe.getDataLength(),
                        stripe.getFooterLength()
                    }) {
                end -= part;
                if (part < 0 || end < 0) {
                    throw corrupt("a stripe reaches over the end", null);
                }
            }
            rows += stripe.getNumberOfRows();
            if (stripe.getNumberOfRows() < 0) {
                throw corrupt("a stripe has a negative number of rows", null);
            }
        }
        if (rows != reader.getNumberOfRows()) {
            throw corrupt(
                    "the file says %d rows, its stripes %d"
                            .formatted(reader.getNumberOfRows(), rows),
                    null);
        }
        return null;
    }

    /** Runs something that the library does. */
    <T> T guarded(Call<T> call) {
        try {
            return call.run();
        } catch (SkepException e) {
            throw e;
        } catch (UncheckedIOException | IOException e) {
            throw failure(e);
        } catch (org.apache.orc.impl.SchemaEvolution.IllegalEvolutionException e) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED,
                    "Cannot read %s: %s".formatted(file.path(), e.getMessage()),
                    e);
        } catch (RuntimeException e) {
            throw failure(e);
        } catch (OutOfMemoryError e) {
            // Either there is none left, or a length in the file is absurd; nothing tells which.
            throw new SkepException(
                    ErrorCode.MEMORY_LIMIT,
                    "Cannot read %s: it asks for more memory than there is".formatted(file.path()),
                    e);
        } catch (NoClassDefFoundError e) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED,
                    "Cannot read %s: no support for %s"
                            .formatted(file.path(), reader.getCompressionKind()),
                    e);
        }
    }

    private SkepException failure(Exception thrown) {
        // What the library throws may be packed into "Error reading file".
        Throwable innermost = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SkepException ours) {
                return ours;
            }
            innermost = cause;
        }
        String message = innermost.getMessage();
        return corrupt(message == null ? innermost.toString() : message, thrown);
    }

    private SkepException corrupt(String what, Throwable cause) {
        return new SkepException(
                ErrorCode.CORRUPT_FILE,
                "Cannot read %s: corrupt: %s".formatted(file.path(), what),
                cause);
    }

    StripeReader reader() {
        return reader;
    }

    String path() {
        return file.path();
    }

    long bytesRead() {
        return files.bytesRead();
    }

    /**
     * Which field of the file a column is: by name in any case, or by position where the table says
     * so or the file has only such names as {@code _col0}. -1 if the file does not have it.
     */
    int field(TableLayout layout, int ordinal, String name) {
        List<String> names = reader.getSchema().getFieldNames();
        boolean byPosition =
                Boolean.parseBoolean(layout.properties().getOrDefault(BY_POSITION, ""))
                        || names.stream().allMatch(field -> field.matches("_col\\d+"));
        if (!byPosition) {
            return OrcTypes.indexOf(names, name);
        }
        return ordinal >= 0 && ordinal < names.size() ? ordinal : -1;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw failure(e);
        } finally {
            file.close();
        }
    }
}
