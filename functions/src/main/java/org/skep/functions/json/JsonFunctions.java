package org.skep.functions.json;

import java.util.List;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.call.RowCall;
import org.skep.functions.call.RowFunction;
import org.skep.functions.call.RowKernel;
import org.skep.functions.call.Signature;
import org.skep.types.DataType;

/** The declarations of the functions of JSON texts. */
public final class JsonFunctions {
    private JsonFunctions() {}

    /** All of them. */
    public static List<ScalarFunction> all() {
        return List.of(getJsonObject());
    }

    private static ScalarFunction getJsonObject() {
        return ScalarFunction.named("get_json_object")
                .boundBy(
                        Signature.of(
                                "get_json_object",
                                DataType.STRING,
                                DataType.STRING,
                                DataType.STRING))
                .nullInNullOut()
                .describedAs("get_json_object(json_txt, path) - Extract a json object from path")
                .example("get_json_object('{\"a\":{\"b\":[1,2]}}', '$.a.b[1]')", "'2'")
                .example("get_json_object('{\"a\":1}', '$.x')", "NULL")
                .example("get_json_object('{\"a\":\"x\"}', '$.a')", "'x'")
                .example("get_json_object('[{\"a\":1},{\"a\":2}]', '$[*].a')", "'[1,2]'")
                .example("get_json_object('{\"a\":[1,{\"b\":null}]}', '$.a')", "'[1,{\"b\":null}]'")
                .example("get_json_object('{\"a\":1.50}', '$.a')", "'1.5'")
                .example("get_json_object('no json', '$.a')", "NULL")
                .evaluatedByNew(() -> new RowKernel(new Extraction()));
    }

    /** Keeps the last path. Confined to one thread. */
    private static final class Extraction implements RowFunction {
        private String source;
        private JsonPath path;

        @Override
        public void evaluate(RowCall call) {
            String wanted = call.textAt(1);
            if (!wanted.equals(source)) {
                path = JsonPath.compile(wanted);
                source = wanted;
            }
            String found = path == null ? null : path.find(call.textAt(0));
            if (found != null) {
                call.returns(found);
            }
        }
    }
}
