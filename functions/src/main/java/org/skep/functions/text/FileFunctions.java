package org.skep.functions.text;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.InputFile;
import org.skep.base.io.LocalFileSystem;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.api.ScalarFunction.Stability;
import org.skep.functions.call.RowCall;
import org.skep.functions.call.RowFunction;
import org.skep.functions.call.RowKernel;
import org.skep.functions.call.Signature;
import org.skep.types.CharType;
import org.skep.types.DataType;
import org.skep.types.TypeKind;

/** Declares the function that looks into a file. */
final class FileFunctions {
    private FileFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(
                ScalarFunction.named("in_file")
                        .boundBy(FileFunctions::bind)
                        .nullInNullOut()
                        .stability(Stability.STATEMENT)
                        .describedAs(
                                "in_file(str, filename) - Returns true if str appears in the"
                                        + " file")
                        .example("in_file('a', '/dev/null')", "false")
                        .evaluatedByNew(() -> new RowKernel(new Search())));
    }

    private static Binding bind(List<Argument> arguments) {
        Signature.checkCount("in_file", arguments, 2, 2);
        DataType type = arguments.get(0).type();
        if (!type.kind().isCharacter() && type.kind() != TypeKind.VOID) {
            throw Signature.wrongType("in_file", 0, type, "a text");
        }
        Argument file = arguments.get(1);
        if (file.type().kind() != TypeKind.STRING
                || !file.isConstant()
                || file.constant().isNull()) {
            throw Signature.wrongType("in_file", 1, file.type(), "a constant string");
        }
        String path = (String) file.constant().value();
        if (LocalFileSystem.INSTANCE.status(path).isEmpty()) {
            throw new SkepException(ErrorCode.WRONG_ARGUMENTS, "File not found: " + path);
        }
        return new Binding(
                List.of(type.kind() == TypeKind.VOID ? DataType.STRING : type, file.type()),
                DataType.BOOLEAN);
    }

    /** The lines of a file, read when the first row comes. Confined to one thread. */
    private static final class Search implements RowFunction {
        private Set<String> lines;

        @Override
        public void evaluate(RowCall call) {
            if (lines == null) {
                lines = read(call.textAt(1));
            }
            String text = call.textAt(0);
            if (call.vector(0).type() instanceof CharType padded) {
                int blanks = padded.length() - text.codePointCount(0, text.length());
                text += " ".repeat(Math.max(0, blanks));
            }
            call.returns(lines.contains(text));
        }

        // Lines end with \n, \r or both; the last one need not end.
        private static Set<String> read(String path) {
            try (InputFile file = LocalFileSystem.INSTANCE.open(path)) {
                if (file.length() > Integer.MAX_VALUE - 8) {
                    throw new SkepException(
                            ErrorCode.RUNTIME_ERROR,
                            "File of in_file is too large: " + file.length());
                }
                byte[] bytes = new byte[(int) file.length()];
                file.readFully(0, bytes, 0, bytes.length);
                return new HashSet<>(new String(bytes, StandardCharsets.UTF_8).lines().toList());
            }
        }
    }
}
