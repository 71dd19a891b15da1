package org.skep.parser;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.skep.grammar.HiveLexer;
import org.skep.grammar.HiveParser;

/** The words of HiveQL. Immutable. */
public final class Keywords {
    private static final Map<String, Integer> WORDS = new TreeMap<>(HiveLexer.keywordTypes());
    private static final Set<String> RESERVED = reserved();

    private Keywords() {}

    private static Set<String> reserved() {
        ATN atn = HiveParser._ATN;
        IntervalSet names = atn.nextTokens(atn.ruleToStartState[HiveParser.RULE_identifier]);
        return WORDS.entrySet().stream()
                .filter(word -> !names.contains(word.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** All keywords, in upper case and in order. */
    public static List<String> all() {
        return List.copyOf(WORDS.keySet());
    }

    /** Whether {@code word}, in any case, can be a name only in backquotes. */
    public static boolean isReserved(String word) {
        return RESERVED.contains(word.toUpperCase(Locale.ROOT));
    }
}
