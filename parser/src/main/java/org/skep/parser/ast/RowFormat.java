package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/** How bytes become rows. Immutable. */
public sealed interface RowFormat extends Node {
    /** Calls the method of {@code visitor} that is for this node. */
    <R> R accept(Visitor<R> visitor);

    /** One method a kind, and no default, so that a new kind is noticed everywhere. */
    interface Visitor<R> {
        R delimited(Delimited node);

        R serde(Serde node);
    }

    /** {@code ROW FORMAT DELIMITED ..}; what is not written is empty. */
    record Delimited(
            Optional<String> fieldTerminator,
            Optional<String> escape,
            Optional<String> itemTerminator,
            Optional<String> keyTerminator,
            Optional<String> lineTerminator,
            Optional<String> nullText,
            SourceSpan span)
            implements RowFormat {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.delimited(this);
        }
    }

    /** {@code ROW FORMAT SERDE 'class' WITH SERDEPROPERTIES (..)}. */
    record Serde(String className, List<Property> properties, SourceSpan span)
            implements RowFormat {
        public Serde {
            properties = List.copyOf(properties);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.serde(this);
        }
    }
}
