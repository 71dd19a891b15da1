package org.skep.columnar.orc;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.orc.DataReader;
import org.apache.orc.OrcFile;
import org.apache.orc.RecordReader;
import org.apache.orc.StripeInformation;
import org.apache.orc.impl.DataReaderProperties;
import org.apache.orc.impl.InStream;
import org.apache.orc.impl.OrcCodecPool;
import org.apache.orc.impl.ReaderImpl;
import org.apache.orc.impl.RecordReaderUtils;

/** Reads a file stripe by stripe, each as a {@link BoundedStripe}. Confined to one thread. */
final class StripeReader extends ReaderImpl {
    private final FileSystem files;
    // While the rows of a stripe are opened, that stripe; otherwise null.
    private StripeInformation opening;

    StripeReader(FileSystem files, OrcFile.ReaderOptions options) throws IOException {
        super(HadoopFiles.PATH, options);
        this.files = files;
    }

    @Override
    public List<StripeInformation> getStripes() {
        return opening == null ? super.getStripes() : List.of(opening);
    }

    /** The rows of one stripe. */
    RecordReader rows(StripeInformation stripe, Options options) throws IOException {
        DataReader file =
                RecordReaderUtils.createDefaultDataReader(
                        DataReaderProperties.builder()
                                .withFileSystemSupplier(() -> files)
                                .withPath(HadoopFiles.PATH)
                                .withCompression(
                                        InStream.options()
                                                .withCodec(
                                                        OrcCodecPool.getCodec(getCompressionKind()))
                                                .withBufferSize(getCompressionSize()))
                                .withMaxDiskRangeChunkLimit(Integer.MAX_VALUE - 1024)
                                .withZeroCopy(false)
                                .withMinSeekSize(options.minSeekSize())
                                .withMinSeekSizeTolerance(options.minSeekSizeTolerance())
                                .build());
        try {
            BoundedStripe bounded = BoundedStripe.open(file, stripe, getFileTail().getFileLength());
            opening = bounded.shown();
            return rows(options.dataReader(bounded));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        } finally {
            opening = null;
        }
    }
}
