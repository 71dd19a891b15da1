package org.skep.functions.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.TableFunction;
import org.skep.functions.call.PlainContext;
import org.skep.functions.call.RandomData;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.StructType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DatumVector;
import org.skep.types.vector.Selection;

class TableFunctionsTest {
    private final List<Integer> counts = new ArrayList<>();

    @Test
    void explodesArraysAndMaps() {
        DataType ints = DataType.parse("array<int>");
        List<Object> lists =
                Arrays.asList(List.of(1L, 2L), null, List.of(), Arrays.asList(3L, null));
        assertThat(rows("explode", List.of(ints), List.of(lists)))
                .containsExactly(
                        List.of(1L), List.of(2L), List.of(3L), Arrays.asList((Object) null));
        assertThat(counts).containsExactly(2, 0, 0, 2);
        DataType map = DataType.parse("map<string,int>");
        List<Object> maps = List.of(List.of(new Datum.MapEntry("a", 1L)), List.of());
        assertThat(rows("explode", List.of(map), List.of(maps))).containsExactly(List.of("a", 1L));
        assertThat(rows("posexplode", List.of(ints), List.of(lists)))
                .containsExactly(
                        List.of(0L, 1L), List.of(1L, 2L), List.of(0L, 3L), Arrays.asList(1L, null));
    }

    @Test
    void inlinesStructs() {
        DataType type = DataType.parse("array<struct<a:int,b:string>>");
        List<Object> lists =
                List.of(Arrays.asList(List.of(1L, "x"), null), List.of(List.of(2L, "y")));
        assertThat(rows("inline", List.of(type), List.of(lists)))
                .containsExactly(List.of(1L, "x"), Arrays.asList(null, null), List.of(2L, "y"));
    }

    @Test
    void replicatesRows() {
        List<List<Object>> columns =
                List.of(Arrays.asList(2L, 0L, null, -3L, 1L), List.of("a", "b", "c", "d", "e"));
        assertThat(rows("replicate_rows", List.of(DataType.BIGINT, DataType.STRING), columns))
                .containsExactly(List.of(2L, "a"), List.of(2L, "a"), List.of(1L, "e"));
        List<List<Object>> many = List.of(List.of(1L << 40), List.of("a"));
        assertThatThrownBy(
                        () ->
                                rows(
                                        "replicate_rows",
                                        List.of(DataType.BIGINT, DataType.STRING),
                                        many))
                .isInstanceOf(SkepException.class)
                .hasMessage("Rows that replicate_rows makes of a batch exceed 16777216");
    }

    @Test
    void stacksColumns() {
        DataType text = DataType.STRING;
        List<List<Object>> columns =
                List.of(List.of(2L, 2L), List.of("a", "d"), List.of("b", "e"), List.of("c", "f"));
        assertThat(rows("stack", List.of(DataType.INT, text, text, text), columns))
                .containsExactly(
                        List.of("a", "b"),
                        Arrays.asList("c", null),
                        List.of("d", "e"),
                        Arrays.asList("f", null));
    }

    @Test
    void takesSeveralPartsAtOnce() {
        List<DataType> texts = List.of(DataType.STRING, DataType.STRING, DataType.STRING);
        List<Object> json = Arrays.asList("{\"a\":1,\"b\":[true]}", "no json", null);
        assertThat(
                        rows(
                                "json_tuple",
                                texts,
                                List.of(json, List.of("a", "a", "a"), List.of("b", "b", "b"))))
                .containsExactly(
                        List.of("1", "[true]"),
                        Arrays.asList(null, null),
                        Arrays.asList(null, null));
        List<Object> urls = List.of("http://h.com/p?k=v", "no url");
        assertThat(
                        rows(
                                "parse_url_tuple",
                                texts,
                                List.of(
                                        urls,
                                        List.of("HOST", "HOST"),
                                        List.of("QUERY:k", "QUERY:k"))))
                .containsExactly(List.of("h.com", "v"), Arrays.asList(null, null));
    }

    @Test
    void refusesWhatCannotBeExploded() {
        assertThatThrownBy(
                        () -> function("explode").binder().bind(List.of(Argument.of(DataType.INT))))
                .isInstanceOf(SkepException.class)
                .hasMessage("Argument 1 of function explode must be an array or a map: int");
    }

    private static TableFunction function(String name) {
        return TableFunctions.all().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    // runs over all rows at once and over each alone at its position; both must agree
    private List<List<Object>> rows(String name, List<DataType> types, List<List<Object>> columns) {
        List<Argument> arguments = new ArrayList<>();
        ColumnVector[] vectors = new ColumnVector[types.size()];
        for (int i = 0; i < types.size(); i++) {
            Object first = columns.get(i).get(0);
            arguments.add(
                    i == 0 && name.equals("stack")
                            ? Argument.of(new Datum(types.get(i), first))
                            : Argument.of(types.get(i)));
            vectors[i] = RandomData.vector(types.get(i), columns.get(i));
        }
        TableFunction function = function(name);
        Binding binding = function.binder().bind(arguments);
        StructType made = (StructType) binding.returnType();
        TableFunction.Kernel kernel = function.kernels().apply(binding.argumentTypes(), made);
        int rowCount = columns.get(0).size();
        counts.clear();
        List<List<Object>> all = run(kernel, made, vectors, Selection.all(rowCount));
        List<List<Object>> single = new ArrayList<>();
        List<Integer> expectedCounts = List.copyOf(counts);
        counts.clear();
        for (int row = 0; row < rowCount; row++) {
            single.addAll(run(kernel, made, vectors, Selection.of(new int[] {row}, 1)));
        }
        assertThat(single).isEqualTo(all);
        assertThat(counts).isEqualTo(expectedCounts);
        return all;
    }

    private List<List<Object>> run(
            TableFunction.Kernel kernel,
            StructType made,
            ColumnVector[] vectors,
            Selection selection) {
        ColumnVector[] out = new ColumnVector[made.fields().size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = ColumnVector.create(made.fields().get(i).type(), 1);
        }
        int[] rowCounts = new int[selection.count()];
        kernel.evaluate(vectors, selection, rowCounts, out, new PlainContext());
        List<List<Object>> rows = new ArrayList<>();
        for (int count : rowCounts) {
            counts.add(count);
            for (int i = 0; i < count; i++) {
                List<Object> row = new ArrayList<>();
                for (ColumnVector column : out) {
                    row.add(DatumVector.read(column, rows.size()).value());
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
