package org.skep.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.skep.parser.ast.Query;

final class GoldenTest {
    private static final List<String> FILES =
            List.of(
                    "literals.txt",
                    "expressions.txt",
                    "precedence.txt",
                    "queries.txt",
                    "from.txt",
                    "windows.txt",
                    "types.txt",
                    "data.txt",
                    "databases.txt",
                    "tables.txt",
                    "alter.txt",
                    "views.txt",
                    "show.txt",
                    "names.txt",
                    "errors.txt",
                    "unsupported.txt");

    private static Stream<GoldenCase> cases() {
        return FILES.stream().flatMap(file -> GoldenCase.read(file).stream());
    }

    @TestFactory
    Stream<DynamicTest> readsAsTheGoldenTextSays() {
        return cases().map(
                        c ->
                                DynamicTest.dynamicTest(
                                        c.file() + ":" + c.line(),
                                        () ->
                                                assertThat(c.actual())
                                                        .as(c.input())
                                                        .isEqualTo(c.expected())));
    }

    @TestFactory
    Stream<DynamicTest> readsWhatItPrintsAsTheSameTree() {
        return cases().filter(c -> c.kind().equals("query"))
                .map(
                        c ->
                                DynamicTest.dynamicTest(
                                        c.file() + ":" + c.line(),
                                        () -> {
                                            SqlParser parser = new SqlParser();
                                            Query query = parser.parseQuery(c.input());
                                            assertThat(parser.parseQuery(SqlPrinter.print(query)))
                                                    .isEqualTo(query);
                                        }));
    }
}
