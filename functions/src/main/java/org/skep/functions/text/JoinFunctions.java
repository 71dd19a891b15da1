package org.skep.functions.text;

import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.call.RowCall;
import org.skep.functions.call.RowKernel;
import org.skep.functions.call.Signature;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.TypeKind;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ListVector;

/** Declares functions between texts and arrays of texts. */
final class JoinFunctions {
    private static final DataType TEXT = DataType.STRING;
    private static final byte[] NULL_TEXT = "null".getBytes(StandardCharsets.US_ASCII);

    private JoinFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(concatWs(), sentences());
    }

    private static ScalarFunction concatWs() {
        return ScalarFunction.named("concat_ws")
                .boundBy(JoinFunctions::bindConcatWs)
                .describedAs(
                        "concat_ws(separator, [string | array(string)]+) - returns the concatenation"
                                + " of the strings separated by the separator")
                .example("concat_ws('-', 'a', null, 'b')", "'a-b'")
                .example("concat_ws(',', array('a', 'b'))", "'a,b'")
                .example("concat_ws(',', array('a', 'b'), 'c')", "'a,b,c'")
                .example("concat_ws(null, 'a', 'b')", "NULL")
                .example("concat_ws(',', null, null)", "''")
                .evaluatedBy(new RowKernel(JoinFunctions::concatWs));
    }

    private static Binding bindConcatWs(List<Argument> arguments) {
        Signature.checkCount("concat_ws", arguments, 2, Integer.MAX_VALUE);
        List<DataType> types = new ArrayList<>();
        types.add(text(0, arguments.get(0).type()));
        for (int i = 1; i < arguments.size(); i++) {
            DataType type = arguments.get(i).type();
            if (type instanceof ListType list) {
                text(i, list.element());
                types.add(type);
            } else {
                types.add(text(i, type));
            }
        }
        return new Binding(types, TEXT);
    }

    private static DataType text(int index, DataType type) {
        if (!type.kind().isCharacter() && type.kind() != TypeKind.VOID) {
            throw Signature.wrongType("concat_ws", index, type, "string or array<string>");
        }
        return Signature.convert("concat_ws", index, type, TEXT);
    }

    // NULL arguments are left out, but a NULL element of an array reads "null": so does Hive.
    private static void concatWs(RowCall call) {
        if (call.isNull(0)) {
            return;
        }
        BytesVector out = (BytesVector) call.returnsInto();
        int begin = out.reserve(0);
        boolean first = true;
        for (int i = 1; i < call.count(); i++) {
            if (call.isNull(i)) {
                continue;
            }
            if (!first) {
                append(out, call.dataOf(0), call.startOf(0), call.lengthOf(0));
            }
            first = false;
            if (call.vector(i) instanceof ListVector lists) {
                appendAll(call, out, lists, call.position(i));
            } else {
                append(out, call.dataOf(i), call.startOf(i), call.lengthOf(i));
            }
        }
        out.setRun(call.row(), begin, out.reserve(0) - begin);
    }

    private static void appendAll(RowCall call, BytesVector out, ListVector lists, int row) {
        BytesVector elements = (BytesVector) lists.elements();
        int start = lists.starts()[row];
        for (int j = start; j < start + lists.lengths()[row]; j++) {
            if (j > start) {
                append(out, call.dataOf(0), call.startOf(0), call.lengthOf(0));
            }
            if (elements.isNull(j)) {
                append(out, NULL_TEXT, 0, NULL_TEXT.length);
            } else {
                append(out, elements.data(), elements.starts()[j], elements.lengths()[j]);
            }
        }
    }

    private static void append(BytesVector out, byte[] data, int start, int length) {
        int at = out.reserve(length);
        System.arraycopy(data, start, out.data(), at, length);
    }

    private static ScalarFunction sentences() {
        return ScalarFunction.named("sentences")
                .boundBy(
                        Signature.of(
                                        "sentences",
                                        new ListType(new ListType(TEXT)),
                                        TEXT,
                                        TEXT,
                                        TEXT)
                                .optional(2))
                .describedAs(
                        "sentences(str[, lang, country]) - Splits str into arrays of sentences,"
                                + " where each sentence is an array of words")
                .example(
                        "sentences('Hello there. How are you?')",
                        "array(array('Hello', 'there'), array('How', 'are', 'you'))")
                .evaluatedBy(new RowKernel(JoinFunctions::sentences));
    }

    private static void sentences(RowCall call) {
        if (call.isNull(0)) {
            return;
        }
        Locale locale = Locale.ROOT;
        if (call.count() > 1 && !call.isNull(1)) {
            Locale.Builder builder = new Locale.Builder();
            try {
                builder.setLanguage(call.textAt(1));
                builder.setRegion(call.count() > 2 && !call.isNull(2) ? call.textAt(2) : "");
                locale = builder.build();
            } catch (IllformedLocaleException e) {
                locale = Locale.ROOT; // languages that nobody speaks break at the usual places
            }
        }
        List<List<String>> sentences = new ArrayList<>();
        for (String sentence : pieces(BreakIterator.getSentenceInstance(locale), call.textAt(0))) {
            List<String> words = pieces(BreakIterator.getWordInstance(locale), sentence);
            words.removeIf(word -> !Character.isLetterOrDigit(word.charAt(0)));
            sentences.add(words);
        }
        ListVector out = (ListVector) call.returnsInto();
        int at = out.append(call.row(), sentences.size());
        ListVector lists = (ListVector) out.elements();
        for (List<String> words : sentences) {
            int wordAt = lists.append(at++, words.size());
            for (String word : words) {
                ((BytesVector) lists.elements()).set(wordAt++, word);
            }
        }
    }

    private static List<String> pieces(BreakIterator breaks, String text) {
        List<String> pieces = new ArrayList<>();
        breaks.setText(text);
        int from = 0;
        while (breaks.next() != BreakIterator.DONE) {
            pieces.add(text.substring(from, breaks.current()));
            from = breaks.current();
        }
        return pieces;
    }
}
