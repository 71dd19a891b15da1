package org.skep.functions.text;

import java.util.List;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.call.RowCall;
import org.skep.functions.call.RowFunction;
import org.skep.functions.call.RowKernel;
import org.skep.functions.call.Signature;
import org.skep.types.DataType;

/** Declares parse_url. */
final class UrlFunctions {
    private static final DataType TEXT = DataType.STRING;

    private UrlFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(
                ScalarFunction.named("parse_url")
                        .boundBy(Signature.of("parse_url", TEXT, TEXT, TEXT, TEXT).optional(1))
                        .nullInNullOut()
                        .describedAs(
                                "parse_url(url, partToExtract[, key]) - extracts a part from a URL")
                        .example("parse_url('http://h.com/p?k=v#r', 'QUERY', 'k')", "'v'")
                        .example("parse_url('http://h.com/p?k=v#r', 'HOST')", "'h.com'")
                        .example("parse_url('http://u:p@h.com/p', 'USERINFO')", "'u:p'")
                        .example("parse_url('http://h.com/p?k=v#r', 'FILE')", "'/p?k=v'")
                        .example("parse_url('http://h.com/p', 'REF')", "NULL")
                        .example("parse_url('no url', 'HOST')", "NULL")
                        .evaluatedByNew(() -> new RowKernel(new Parsing())));
    }

    /** Keeps the last URL. Confined to one thread. */
    private static final class Parsing implements RowFunction {
        private final UrlParts parts = new UrlParts();

        @Override
        public void evaluate(RowCall call) {
            String url = call.textAt(0);
            String part = call.textAt(1);
            String found;
            if (call.count() == 2) {
                found = parts.part(url, part);
            } else {
                found = part.equals("QUERY") ? parts.queryValue(url, call.textAt(2)) : null;
            }
            if (found != null) {
                call.returns(found);
            }
        }
    }
}
