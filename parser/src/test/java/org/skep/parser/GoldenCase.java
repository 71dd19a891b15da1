package org.skep.parser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.SkepException;
import org.skep.base.error.SourceLocation;

/**
 * One case of a golden text: a kind, what is read, and after a line of dashes what comes of it.
 * Cases are set apart by blank lines; lines that begin with # are remarks.
 */
record GoldenCase(String file, int line, String kind, String input, String expected) {
    static List<GoldenCase> read(String file) {
        List<GoldenCase> cases = new ArrayList<>();
        List<String> block = new ArrayList<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (line.startsWith("# ")) {
                continue;
            }
            if (!line.isBlank()) {
                block.add(line);
            } else if (!block.isEmpty()) {
                cases.add(of(file, number - block.size(), block));
                block.clear();
            }
        }
        if (!block.isEmpty()) {
            cases.add(of(file, number - block.size() + 1, block));
        }
        return cases;
    }

    private static GoldenCase of(String file, int line, List<String> block) {
        int dashes = block.indexOf("----");
        String input = String.join("\n", block.subList(1, dashes));
        String expected = String.join("\n", block.subList(dashes + 1, block.size()));
        return new GoldenCase(file, line, block.get(0), input, expected);
    }

    private static List<String> lines(String file) {
        try (InputStream stream = GoldenCase.class.getResourceAsStream("/golden/" + file);
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the parser makes of the input. */
    String actual() {
        SqlParser parser = new SqlParser();
        try {
            return switch (kind) {
                case "expression" -> SqlPrinter.print(parser.parseExpression(input));
                case "query" -> SqlPrinter.print(parser.parseQuery(input));
                case "type" -> SqlPrinter.print(parser.parseType(input));
                case "statement", "error" -> TreePrinter.print(parser.parse(input));
                default -> throw new IllegalStateException("No such kind: " + kind);
            };
        } catch (SkepException e) {
            String place = e.location().map(SourceLocation::toString).orElse("nowhere");
            return e.code() + " " + place + " " + e.getMessage();
        }
    }
}
