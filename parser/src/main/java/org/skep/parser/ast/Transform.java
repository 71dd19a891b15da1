package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/**
 * {@code TRANSFORM (..) USING 'script'}: rows through a process. Output columns without a type have
 * an empty one. Immutable.
 */
public record Transform(
        List<Expression> inputs,
        Optional<RowFormat> inputFormat,
        Optional<String> writer,
        String script,
        List<TransformColumn> columns,
        Optional<RowFormat> outputFormat,
        Optional<String> reader,
        SourceSpan span)
        implements Node {
    public Transform {
        inputs = List.copyOf(inputs);
        columns = List.copyOf(columns);
    }
}
