package org.skep.engine.statement;

import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;
import org.skep.engine.session.StatementContext;

/** Copies files, also from one file system to another. Confined to the statement's thread. */
final class FileCopy {
    private static final int COPY_BYTES = 1 << 20;

    private final StatementContext context;

    FileCopy(StatementContext context) {
        this.context = context;
    }

    /** Copies a file to a path at which nothing is; ends early when the statement is cancelled. */
    void copy(FileStatus file, String target) {
        FileSystem from = context.services().fileSystems().of(file.path());
        FileSystem to = context.services().fileSystems().of(target);
        byte[] buffer = new byte[(int) Math.max(1, Math.min(COPY_BYTES, file.length()))];
        try (InputFile input = from.open(file.path());
                OutputFile output = to.create(target)) {
            long position = 0;
            while (position < input.length()) {
                context.cancelFlag().check();
                int count = (int) Math.min(buffer.length, input.length() - position);
                input.readFully(position, buffer, 0, count);
                output.write(buffer, 0, count);
                position += count;
            }
        }
    }
}
