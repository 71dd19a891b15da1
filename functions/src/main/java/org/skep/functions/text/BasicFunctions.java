package org.skep.functions.text;

import java.util.ArrayList;
import java.util.List;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.call.Signature;
import org.skep.types.CharType;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.VarcharType;

/** Declares substr, concat, length and the change of case. */
final class BasicFunctions {
    private BasicFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(substring(), concat(), length(), octetLength(), upper(), lower());
    }

    private static ScalarFunction substring() {
        Signature texts =
                Signature.of("substr", DataType.STRING, DataType.STRING, DataType.INT, DataType.INT)
                        .optional(1);
        Signature bytes =
                Signature.of("substr", DataType.BINARY, DataType.BINARY, DataType.INT, DataType.INT)
                        .optional(1);
        return ScalarFunction.named("substr")
                .alsoNamed("substring", "mid")
                .boundBy(arguments -> (startsWithBinary(arguments) ? bytes : texts).bind(arguments))
                .nullInNullOut()
                .describedAs(
                        "substr(str, pos[, len]) - returns the substring of str that starts at pos"
                                + " and is of length len, or the slice of bytes that does")
                .example("substr('hello', 0, 2)", "'he'")
                .example("substr('hello', 1, 2)", "'he'")
                .example("substr('hello', -3)", "'llo'")
                .example("substr('hello', 10)", "''")
                .example("substr('hello', -10)", "''")
                .example("substr('h\u00e9llo', 2, 3)", "'\u00e9ll'")
                .example("substr('h\u00e9llo', -4, 1)", "'\u00e9'")
                .implementedBy(
                        (types, returned) ->
                                returned.equals(DataType.BINARY)
                                        ? SubstringKernel.ofBytes()
                                        : SubstringKernel.ofTexts());
    }

    private static boolean startsWithBinary(List<Argument> arguments) {
        return !arguments.isEmpty() && arguments.get(0).type().equals(DataType.BINARY);
    }

    private static ScalarFunction concat() {
        return ScalarFunction.named("concat")
                .alsoNamed("||")
                .boundBy(BasicFunctions::bindConcat)
                .nullInNullOut()
                .describedAs(
                        "concat(str1, str2, ... strN) - returns the concatenation of str1, str2,"
                                + " ... strN or concat(bin1, bin2, ... binN) of bytes")
                .example("concat('a', 'b')", "'ab'")
                .example("concat('a', 'b', 1)", "'ab1'")
                .example("concat('a', null)", "NULL")
                .example("concat(cast('a' as char(5)), '|')", "'a|'")
                .evaluatedBy(new ConcatKernel());
    }

    /**
     * Bytes if all are bytes; CHAR or VARCHAR of the total length if all are, and the total is
     * allowed; else STRING.
     */
    private static Binding bindConcat(List<Argument> arguments) {
        Signature.checkCount("concat", arguments, 0, Integer.MAX_VALUE);
        if (arguments.stream().allMatch(argument -> argument.type().equals(DataType.BINARY))) {
            return new Binding(arguments.stream().map(Argument::type).toList(), DataType.BINARY);
        }
        List<DataType> types = new ArrayList<>();
        int total = 0;
        boolean varying = false;
        boolean bounded = true;
        for (int i = 0; i < arguments.size(); i++) {
            DataType type = arguments.get(i).type();
            types.add(Signature.convert("concat", i, type, DataType.STRING));
            if (type instanceof CharType fixed) {
                total += fixed.length();
            } else if (type instanceof VarcharType varchar) {
                total += varchar.length();
                varying = true;
            } else {
                bounded = false;
            }
        }
        DataType returned = DataType.STRING;
        if (bounded && varying && total <= VarcharType.MAX_LENGTH) {
            returned = new VarcharType(total);
        } else if (bounded && !varying && total <= CharType.MAX_LENGTH) {
            returned = new CharType(total);
        }
        return new Binding(types, returned);
    }

    private static ScalarFunction length() {
        return ScalarFunction.named("length")
                .boundBy(arguments -> bindLength("length", arguments))
                .nullInNullOut()
                .describedAs(
                        "length(str | binary) - Returns the length of str or number of bytes in"
                                + " binary data")
                .example("length('')", "0")
                .example("length('h\u00e9llo')", "5")
                .example("length(cast('a' as char(5)))", "1")
                .implementedBy(
                        (types, returned) ->
                                types.get(0).equals(DataType.BINARY)
                                        ? LengthKernel.ofBytes()
                                        : LengthKernel.ofCharacters());
    }

    private static ScalarFunction octetLength() {
        return ScalarFunction.named("octet_length")
                .boundBy(arguments -> bindLength("octet_length", arguments))
                .nullInNullOut()
                .describedAs("octet_length(str | binary) - Returns the number of bytes")
                .example("octet_length('h\u00e9llo')", "6")
                .evaluatedBy(LengthKernel.ofBytes());
    }

    private static Binding bindLength(String name, List<Argument> arguments) {
        Signature.checkCount(name, arguments, 1, 1);
        DataType type = arguments.get(0).type();
        if (type.kind() == TypeKind.VOID) {
            return new Binding(List.of(DataType.STRING), DataType.INT);
        }
        if (!type.kind().isCharacter() && type.kind() != TypeKind.BINARY) {
            throw Signature.wrongType(name, 0, type, "a string or binary");
        }
        return new Binding(List.of(type), DataType.INT);
    }

    private static ScalarFunction upper() {
        return ScalarFunction.named("upper")
                .alsoNamed("ucase")
                .boundBy(arguments -> bindCase("upper", arguments))
                .nullInNullOut()
                .describedAs("upper(str) - Returns str with all characters changed to uppercase")
                .example("upper('Facebook')", "'FACEBOOK'")
                .example("upper('stra\u00dfe')", "'STRASSE'")
                .evaluatedBy(CaseKernel.upper());
    }

    private static ScalarFunction lower() {
        return ScalarFunction.named("lower")
                .alsoNamed("lcase")
                .boundBy(arguments -> bindCase("lower", arguments))
                .nullInNullOut()
                .describedAs("lower(str) - Returns str with all characters changed to lowercase")
                .example("lower('Facebook')", "'facebook'")
                .example("lower('\u00c9')", "'\u00e9'")
                .evaluatedBy(CaseKernel.lower());
    }

    private static Binding bindCase(String name, List<Argument> arguments) {
        Signature.checkCount(name, arguments, 1, 1);
        DataType type = Signature.convert(name, 0, arguments.get(0).type(), DataType.STRING);
        return new Binding(List.of(type), type);
    }
}
