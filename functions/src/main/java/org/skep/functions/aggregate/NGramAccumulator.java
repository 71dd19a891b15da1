package org.skep.functions.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Accumulator;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.GroupStates;
import org.skep.functions.call.LongArgument;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;
import org.skep.types.vector.StructVector;

/**
 * The most frequent sequences of words in texts that are arrays of words or arrays of sentences:
 * all of a length, or those that fill the gaps of a context. A sequence with a NULL in it does not
 * count. One word: 1 plus the index of the group's {@link NGrams}. Confined to one thread.
 */
final class NGramAccumulator implements Accumulator {
    /** The columns of partial results: words, wanted, precision; all words in a row; all counts. */
    static final List<DataType> PARTIAL =
            List.of(
                    DataType.INT,
                    DataType.INT,
                    DataType.INT,
                    new ListType(DataType.STRING),
                    new ListType(DataType.DOUBLE));

    private final String name;
    private final boolean withContext;
    private final ValueRows rows = new ValueRows();
    private final List<NGrams> counted = new ArrayList<>();
    private final List<List<String>> contexts = new ArrayList<>();

    private NGramAccumulator(String name, boolean withContext) {
        this.name = name;
        this.withContext = withContext;
    }

    static NGramAccumulator ofAll() {
        return new NGramAccumulator("ngrams", false);
    }

    static NGramAccumulator ofContext() {
        return new NGramAccumulator("context_ngrams", true);
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void init(long[] words, int at) {
        words[at] = 0;
    }

    @Override
    public void update(
            GroupStates states,
            int[] groups,
            ColumnVector[] arguments,
            Selection selection,
            EvalContext context) {
        rows.take(arguments[0], selection, groups);
        if (rows.count() == 0) {
            return;
        }
        ListVector texts = (ListVector) rows.values();
        boolean constant = arguments[0] instanceof ConstantVector;
        for (int k = 0; k < rows.count(); k++) {
            int row = rows.positions() == null ? k : rows.positions()[k];
            // The positions of a constant say nothing about those of other arguments.
            int place = constant ? selection.position(k) : row;
            if (arguments[1].isNull(place) || arguments[2].isNull(place)) {
                continue;
            }
            int at = states.at(rows.groups() == null ? 0 : rows.groups()[k]);
            begin(states.words(), at, arguments, place);
            add((int) states.words()[at] - 1, texts, row);
            context.cancelFlag().check();
        }
    }

    // A group may have come as a partial result, which knows no context.
    private void begin(long[] words, int at, ColumnVector[] arguments, int row) {
        if (words[at] == 0) {
            int length = withContext ? gaps(words(arguments[1], row)) : number(arguments[1], row);
            start(words, at, ngrams(length, arguments, row));
        }
        int index = (int) words[at] - 1;
        if (withContext && contexts.get(index).isEmpty()) {
            contexts.set(index, words(arguments[1], row));
        }
    }

    private void start(long[] words, int at, NGrams ngrams) {
        counted.add(ngrams);
        contexts.add(List.of());
        words[at] = counted.size();
    }

    private NGrams ngrams(int length, ColumnVector[] arguments, int row) {
        int wanted = number(arguments[2], row);
        int precision = arguments.length == 4 ? number(arguments[3], row) : 1;
        require(withContext ? "number of NULLs in the context" : "n", length);
        require("k", wanted);
        require("pf", precision);
        return new NGrams(length, wanted, precision);
    }

    private static int number(ColumnVector argument, int row) {
        return argument.isNull(row) ? 0 : LongArgument.of(argument).intAt(row);
    }

    private static int gaps(List<String> context) {
        return (int) context.stream().filter(word -> word == null).count();
    }

    private void require(String parameter, int value) {
        if (value < 1) {
            throw new SkepException(
                    ErrorCode.RUNTIME_ERROR,
                    "In %s the %s must be at least 1: %d".formatted(name, parameter, value));
        }
    }

    private void add(int index, ListVector texts, int row) {
        if (texts.elements() instanceof ListVector sentences) {
            for (int i = 0; i < texts.lengths()[row]; i++) {
                int sentence = texts.starts()[row] + i;
                if (!sentences.isNull(sentence)) {
                    addSentence(index, words(sentences, sentence));
                }
            }
        } else {
            addSentence(index, words(texts, row));
        }
    }

    private void addSentence(int index, List<String> sentence) {
        NGrams ngrams = counted.get(index);
        int length = withContext ? contexts.get(index).size() : ngrams.words();
        for (int i = sentence.size() - length; i >= 0; i--) {
            List<String> part = sentence.subList(i, i + length);
            List<String> sequence = withContext ? fillers(contexts.get(index), part) : part;
            if (sequence != null && !sequence.contains(null)) {
                ngrams.add(List.copyOf(sequence));
            }
        }
    }

    // The words in the gaps, or null if the others differ.
    private static List<String> fillers(List<String> context, List<String> part) {
        List<String> fillers = new ArrayList<>();
        for (int i = 0; i < context.size(); i++) {
            String word = context.get(i);
            if (word == null) {
                fillers.add(part.get(i));
            } else if (!word.equals(part.get(i))) {
                return null;
            }
        }
        return fillers;
    }

    private static List<String> words(ColumnVector argument, int row) {
        boolean constant = argument instanceof ConstantVector;
        ListVector lists = (ListVector) (constant ? ((ConstantVector) argument).value() : argument);
        int position = constant ? 0 : row;
        BytesVector texts = (BytesVector) lists.elements();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < lists.lengths()[position]; i++) {
            int at = lists.starts()[position] + i;
            words.add(texts.isNull(at) ? null : texts.stringAt(at));
        }
        return words;
    }

    @Override
    public void merge(
            GroupStates states,
            int[] groups,
            ColumnVector[] intermediate,
            Selection selection,
            EvalContext context) {
        LongArgument words = LongArgument.of(intermediate[0]);
        LongArgument wanted = LongArgument.of(intermediate[1]);
        LongArgument precisions = LongArgument.of(intermediate[2]);
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            int length = words.intAt(row);
            if (length == 0) {
                continue;
            }
            int at = states.at(groups == null ? 0 : groups[k]);
            if (states.words()[at] == 0) {
                NGrams empty = new NGrams(length, wanted.intAt(row), precisions.intAt(row));
                start(states.words(), at, empty);
            }
            NGrams ngrams = counted.get((int) states.words()[at] - 1);
            ngrams.requireAlike(length, wanted.intAt(row), precisions.intAt(row));
            merge(ngrams, words(intermediate[3], row), intermediate[4], row);
        }
    }

    private static void merge(NGrams ngrams, List<String> texts, ColumnVector counts, int row) {
        boolean constant = counts instanceof ConstantVector;
        ListVector lists = (ListVector) (constant ? ((ConstantVector) counts).value() : counts);
        int position = constant ? 0 : row;
        double[] values = ((DoubleVector) lists.elements()).values();
        int length = ngrams.words();
        for (int i = 0; i < lists.lengths()[position]; i++) {
            ngrams.add(
                    List.copyOf(texts.subList(i * length, (i + 1) * length)),
                    values[lists.starts()[position] + i]);
        }
        ngrams.trim();
    }

    @Override
    public void writeIntermediate(
            GroupStates states, int firstGroup, int count, ColumnVector[] out) {
        for (ColumnVector column : out) {
            column.ensureCapacity(count);
        }
        for (int i = 0; i < count; i++) {
            int index = (int) states.words()[states.at(firstGroup + i)] - 1;
            NGrams ngrams = index < 0 ? null : counted.get(index);
            ((LongVector) out[0]).values()[i] = ngrams == null ? 0 : ngrams.words();
            ((LongVector) out[1]).values()[i] = ngrams == null ? 0 : ngrams.wanted();
            ((LongVector) out[2]).values()[i] = ngrams == null ? 0 : ngrams.precision();
            Map<List<String>, Double> counts = ngrams == null ? Map.of() : ngrams.counts();
            List<String> words = new ArrayList<>();
            counts.keySet().forEach(words::addAll);
            writeWords(words, (ListVector) out[3], i);
            Fractions.write(
                    counts.values().stream().mapToDouble(Double::doubleValue).toArray(),
                    (ListVector) out[4],
                    i);
        }
    }

    private static void writeWords(List<String> words, ListVector out, int row) {
        int at = out.append(row, words.size());
        BytesVector texts = (BytesVector) out.elements();
        for (int i = 0; i < words.size(); i++) {
            texts.set(at + i, words.get(i));
        }
    }

    @Override
    public void finish(
            GroupStates states, int firstGroup, int count, ColumnVector out, EvalContext context) {
        out.ensureCapacity(count);
        ListVector lists = (ListVector) out;
        for (int i = 0; i < count; i++) {
            int index = (int) states.words()[states.at(firstGroup + i)] - 1;
            List<Map.Entry<List<String>, Double>> top =
                    index < 0 ? List.of() : counted.get(index).top();
            int at = lists.append(i, top.size());
            if (top.isEmpty()) {
                out.setNull(i);
            }
            StructVector pairs = (StructVector) lists.elements();
            for (int k = 0; k < top.size(); k++) {
                writeWords(top.get(k).getKey(), (ListVector) pairs.field(0), at + k);
                ((DoubleVector) pairs.field(1)).values()[at + k] = top.get(k).getValue();
            }
        }
    }

    @Override
    public long retainedBytes() {
        long bytes = 0;
        for (NGrams ngrams : counted) {
            bytes += ngrams.retainedBytes();
        }
        return bytes;
    }
}
