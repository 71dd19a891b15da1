package org.skep.functions.conditional;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.api.ScalarFunction.Stability;
import org.skep.types.DataType;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.Selection;

/** Functions without arguments about the session, and unique identifiers. Stateless. */
public final class SessionFunctions {
    private static final String VERSION = "4.0.1 (Skep)";

    private SessionFunctions() {}

    /** All declarations. */
    public static List<ScalarFunction> all() {
        return List.of(
                text(
                        "current_database",
                        List.of("current_schema"),
                        "current_database() - returns currently using database name",
                        EvalContext::database),
                text(
                        "current_catalog",
                        List.of(),
                        "current_catalog() - returns the current catalog name",
                        context -> "hive"),
                text(
                        "current_user",
                        List.of(),
                        "current_user() - Returns current user name",
                        EvalContext::user),
                text(
                        "logged_in_user",
                        List.of(),
                        "logged_in_user() - Returns logged in user name",
                        EvalContext::user),
                text(
                        "version",
                        List.of(),
                        "version() - Returns the version of Hive that Skep speaks, and its own"
                                + " name",
                        context -> VERSION),
                text(
                        "buildversion",
                        List.of(),
                        "buildversion() - Returns the version",
                        context -> VERSION),
                ScalarFunction.named("uuid")
                        .takes()
                        .returns(DataType.STRING)
                        .stability(Stability.ROW)
                        .describedAs(
                                "uuid() - Returns a universally unique identifier (UUID) string.")
                        .evaluatedBy(
                                (arguments, selection, out, context) ->
                                        uuids(selection, (BytesVector) out)));
    }

    private static ScalarFunction text(
            String name, List<String> aliases, String text, Function<EvalContext, String> value) {
        return ScalarFunction.named(name)
                .alsoNamed(aliases.toArray(String[]::new))
                .takes()
                .returns(DataType.STRING)
                .stability(Stability.STATEMENT)
                .describedAs(text)
                .evaluatedBy(
                        (arguments, selection, out, context) -> {
                            byte[] bytes = value.apply(context).getBytes(StandardCharsets.UTF_8);
                            BytesVector results = (BytesVector) out;
                            for (int k = 0; k < selection.count(); k++) {
                                results.set(selection.position(k), bytes);
                            }
                        });
    }

    private static void uuids(Selection selection, BytesVector out) {
        for (int k = 0; k < selection.count(); k++) {
            out.set(selection.position(k), UUID.randomUUID().toString());
        }
    }
}
