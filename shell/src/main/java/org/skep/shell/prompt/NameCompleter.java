package org.skep.shell.prompt;

import java.util.List;
import java.util.Locale;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.skep.parser.Keywords;

/**
 * Completes keywords, in the case in which the user began them, and names. Confined to one thread.
 */
final class NameCompleter implements Completer {
    private final PromptSession session;

    NameCompleter(PromptSession session) {
        this.session = session;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word = line.word();
        if (word.isEmpty()) {
            return;
        }
        boolean upper = word.equals(word.toUpperCase(Locale.ROOT));
        String prefix = word.toUpperCase(Locale.ROOT);
        for (String keyword : Keywords.all()) {
            if (keyword.startsWith(prefix)) {
                String text = upper ? keyword : keyword.toLowerCase(Locale.ROOT);
                candidates.add(new Candidate(text, text, "keywords", null, null, null, true));
            }
        }
        for (String name : session.names(word.toLowerCase(Locale.ROOT))) {
            candidates.add(new Candidate(name, name, "names", null, null, null, true));
        }
    }
}
