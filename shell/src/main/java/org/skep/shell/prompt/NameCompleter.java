package org.skep.shell.prompt;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.skep.parser.Keywords;

/**
 * Completes the name at the cursor: tables and databases where the statement wants such, columns of
 * the tables that it names, and keywords in the case in which the user began them. Confined to one
 * thread.
 */
final class NameCompleter implements Completer {
    private final PromptSession session;

    NameCompleter(PromptSession session) {
        this.session = session;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word = line.word();
        NamePlace place = NamePlace.of(line.line(), line.cursor() - word.length());
        if (word.isEmpty() && place.kind() == NamePlace.Kind.ANY) {
            return;
        }
        for (String name : names(place, word.toLowerCase(Locale.ROOT))) {
            candidates.add(candidate(name, "names"));
        }
        boolean namesOnly = place.kind() != NamePlace.Kind.ANY && !candidates.isEmpty();
        if (namesOnly || place.kind() == NamePlace.Kind.MEMBER || word.isEmpty()) {
            return;
        }
        boolean upper = word.equals(word.toUpperCase(Locale.ROOT));
        String prefix = word.toUpperCase(Locale.ROOT);
        for (String keyword : Keywords.all()) {
            if (keyword.startsWith(prefix)) {
                candidates.add(
                        candidate(upper ? keyword : keyword.toLowerCase(Locale.ROOT), "keywords"));
            }
        }
    }

    private static Candidate candidate(String text, String group) {
        return new Candidate(text, text, group, null, null, null, true);
    }

    private Set<String> names(NamePlace place, String prefix) {
        Set<String> names = new TreeSet<>();
        switch (place.kind()) {
            case ANY -> names.addAll(session.columns(place.words(), prefix));
            case DATABASE -> names.addAll(session.databases(prefix));
            case TABLE -> {
                names.addAll(session.tables("", prefix));
                names.addAll(session.databases(prefix));
            }
            case MEMBER -> {
                names.addAll(session.tables(place.qualifier(), prefix));
                if (names.isEmpty()) {
                    // The qualifier is a table or an alias of one that the text names.
                    names.addAll(session.columns(place.words(), prefix));
                }
            }
        }
        return names;
    }
}
