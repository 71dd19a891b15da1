package org.skep.shell;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The command {@code skep}. */
public final class Main {
    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        PrintStream errors =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Shell shell =
                new Shell(
                        System.in,
                        new FileOutputStream(FileDescriptor.out),
                        errors,
                        Terminals.ofProcess());
        System.exit(shell.run(arguments).number());
    }
}
