package org.skep.functions.text;

import java.util.List;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.call.Signature;
import org.skep.types.DataType;

/** Declares LIKE and regular expressions as conditions. */
final class PatternFunctions {
    private static final byte ESCAPE = '\\';

    private PatternFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(like(), likeAny(), likeAll(), regexp());
    }

    /** A kernel for LIKE. */
    static MatchKernel likeKernel() {
        return MatchKernel.any(PatternFunctions::compileLike);
    }

    /** A kernel for LIKE ALL. */
    static MatchKernel likeAllKernel() {
        return MatchKernel.all(PatternFunctions::compileLike);
    }

    /** A kernel for RLIKE. */
    static MatchKernel regexKernel() {
        return MatchKernel.any(RegexMatcher::compile);
    }

    private static TextMatcher compileLike(byte[] pattern) {
        return LikePattern.compile(pattern, ESCAPE);
    }

    private static ScalarFunction like() {
        return ScalarFunction.named("like")
                .boundBy(Signature.of("like", DataType.BOOLEAN, DataType.STRING, DataType.STRING))
                .nullInNullOut()
                .describedAs("like(str, pattern) - Checks if str matches pattern")
                .example("'abc' like 'a%'", "true")
                .example("'ABC' like 'abc'", "false")
                .example("like('a_c', 'a\\\\_c')", "true")
                .example("like('h\u00e9llo', 'h_llo')", "true")
                .evaluatedByNew(PatternFunctions::likeKernel);
    }

    private static ScalarFunction likeAny() {
        return ScalarFunction.named("likeany")
                .boundBy(
                        Signature.of(
                                        "likeany",
                                        DataType.BOOLEAN,
                                        DataType.STRING,
                                        DataType.STRING,
                                        DataType.STRING)
                                .repeated())
                .nullInNullOut()
                .describedAs(
                        "test like any(pattern1, pattern2...) - returns true if test matches any"
                                + " patterns patternN")
                .example("likeany('foobar', 'foo%', 'x')", "true")
                .evaluatedByNew(PatternFunctions::likeKernel);
    }

    private static ScalarFunction likeAll() {
        return ScalarFunction.named("likeall")
                .boundBy(
                        Signature.of(
                                        "likeall",
                                        DataType.BOOLEAN,
                                        DataType.STRING,
                                        DataType.STRING,
                                        DataType.STRING)
                                .repeated())
                .nullInNullOut()
                .describedAs(
                        "test like all(pattern1, pattern2...) - returns true if test matches all"
                                + " patterns patternN")
                .example("likeall('foobar', 'foo%', '%bar')", "true")
                .example("likeall('foobar', 'foo%', 'x')", "false")
                .evaluatedByNew(PatternFunctions::likeAllKernel);
    }

    private static ScalarFunction regexp() {
        return ScalarFunction.named("regexp")
                .alsoNamed("rlike")
                .boundBy(Signature.of("regexp", DataType.BOOLEAN, DataType.STRING, DataType.STRING))
                .nullInNullOut()
                .describedAs("str regexp regexp - Returns true if str matches regexp")
                .example("'abc' rlike '^a'", "true")
                .example("'abc' rlike 'b'", "true")
                .example("'abc' regexp 'B'", "false")
                .example("regexp('abc', '')", "false")
                .evaluatedByNew(PatternFunctions::regexKernel);
    }
}
