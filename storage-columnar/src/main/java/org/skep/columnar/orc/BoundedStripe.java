package org.skep.columnar.orc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.orc.DataReader;
import org.apache.orc.OrcProto;
import org.apache.orc.StripeInformation;
import org.apache.orc.impl.BufferChunk;
import org.apache.orc.impl.BufferChunkList;
import org.apache.orc.impl.InStream;
import org.apache.orc.impl.ReaderImpl;
import org.apache.orc.impl.StreamName;

/**
 * The bytes of one stripe, as the library's decoders ask for them, with an {@link EndMark} behind
 * every stream of values.
 *
 * <p>At the end of a stream that is too short, the library's decoder of integers counts through all
 * of them before it fails, which takes up to a minute. So each such stream is shown one byte longer
 * than it is, and who asks for that byte fails at once. What follows in the stripe moves: positions
 * that the library sees are the file's and one more for every mark before them. Confined to one
 * thread.
 */
final class BoundedStripe implements DataReader {
    private final DataReader file;
    private final StripeInformation stripe;
    private final OrcProto.StripeFooter footer;
    // Where the marks are, in the positions that the library sees; ascending.
    private final long[] marks;

    private BoundedStripe(
            DataReader file,
            StripeInformation stripe,
            OrcProto.StripeFooter footer,
            List<Long> marks) {
        this.file = file;
        this.stripe = stripe;
        this.footer = footer;
        this.marks = marks.stream().mapToLong(Long::longValue).toArray();
    }

    /** Reads the footer of a stripe; {@code file} is closed with the answer. */
    static BoundedStripe open(DataReader file, StripeInformation stripe, long fileLength)
            throws IOException {
        OrcProto.StripeFooter footer = file.readStripeFooter(stripe);
        if (footer.getEncryptionCount() > 0) {
            return new BoundedStripe(file, stripe, footer, List.of());
        }
        long dataEnd = stripe.getOffset() + stripe.getIndexLength() + stripe.getDataLength();
        // The library wants the stripe within the file, marks and all.
        long most = fileLength - dataEnd - 1;
        OrcProto.StripeFooter.Builder shown = footer.toBuilder();
        List<Long> marks = new ArrayList<>();
        long position = stripe.getOffset();
        for (StreamName.Area area : List.of(StreamName.Area.INDEX, StreamName.Area.DATA)) {
            for (int i = 0; i < footer.getStreamsCount(); i++) {
                OrcProto.Stream stream = footer.getStreams(i);
                if (stream.hasKind() && StreamName.getArea(stream.getKind()) != area) {
                    continue;
                }
                long length = stream.getLength();
                if (length < 0 || length > dataEnd + marks.size() - position) {
                    throw new IOException("a stream reaches over the end of its stripe");
                }
                position += length;
                if (length > 0 && holdsValues(stream) && marks.size() < most) {
                    marks.add(position);
                    position++;
                    shown.setStreams(i, stream.toBuilder().setLength(length + 1));
                }
            }
        }
        return new BoundedStripe(file, stripe, shown.build(), marks);
    }

    // Streams that are not read up to their end, whatever that is.
    private static boolean holdsValues(OrcProto.Stream stream) {
        return stream.hasKind()
                && (stream.getKind() == OrcProto.Stream.Kind.DATA
                        || stream.getKind() == OrcProto.Stream.Kind.LENGTH
                        || stream.getKind() == OrcProto.Stream.Kind.SECONDARY);
    }

    /** The stripe with room for the marks. */
    StripeInformation shown() {
        if (marks.length == 0) {
            return stripe;
        }
        OrcProto.StripeInformation shown =
                OrcProto.StripeInformation.newBuilder()
                        .setOffset(stripe.getOffset())
                        .setIndexLength(stripe.getIndexLength())
                        .setDataLength(stripe.getDataLength() + marks.length)
                        .setFooterLength(0)
                        .setNumberOfRows(stripe.getNumberOfRows())
                        .build();
        return new ReaderImpl.StripeInformationImpl(
                shown, stripe.getStripeId(), stripe.getEncryptionStripeId() - 1, null);
    }

    @Override
    public void open() {
        // it is
    }

    @Override
    public OrcProto.StripeFooter readStripeFooter(StripeInformation ignored) {
        return footer;
    }

    @Override
    public BufferChunkList readFileData(BufferChunkList wanted, boolean direct) throws IOException {
        BufferChunkList read = new BufferChunkList();
        List<BufferChunk> chunks = new ArrayList<>();
        List<BufferChunk> sources = new ArrayList<>();
        for (BufferChunk chunk = wanted.get(); chunk != null; chunk = (BufferChunk) chunk.next) {
            int length = chunk.getLength() - (endsWithMark(chunk) ? 1 : 0);
            BufferChunk source = new BufferChunk(chunk.getOffset() - marksBefore(chunk), length);
            if (length > 0) {
                read.add(source);
            } else {
                source.setChunk(ByteBuffer.allocate(0));
            }
            chunks.add(chunk);
            sources.add(source);
        }
        if (read.get() != null) {
            file.readFileData(read, direct);
        }
        for (int i = 0; i < chunks.size(); i++) {
            BufferChunk chunk = chunks.get(i);
            chunk.setChunk(sources.get(i).getData());
            if (endsWithMark(chunk)) {
                chunk.insertAfter(new EndMark(chunk.getEnd()));
            }
        }
        return wanted;
    }

    // A chunk lies within one stream.
    private boolean endsWithMark(BufferChunk chunk) {
        return Arrays.binarySearch(marks, chunk.getEnd() - 1) >= 0;
    }

    private int marksBefore(BufferChunk chunk) {
        int at = Arrays.binarySearch(marks, chunk.getOffset());
        return at < 0 ? -at - 1 : at;
    }

    @Override
    public boolean isTrackingDiskRanges() {
        return file.isTrackingDiskRanges();
    }

    @Override
    @Deprecated
    public void releaseBuffer(ByteBuffer buffer) {
        file.releaseBuffer(buffer);
    }

    @Override
    public void releaseAllBuffers() {
        file.releaseAllBuffers();
    }

    // The library takes a copy for every reader of rows; here each has a stripe of its own.
    @Override
    public DataReader clone() {
        return this;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    @Override
    public InStream.StreamOptions getCompressionOptions() {
        return file.getCompressionOptions();
    }
}
