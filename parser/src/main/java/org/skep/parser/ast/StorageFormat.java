package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/** Where rows are stored. Immutable. */
public sealed interface StorageFormat extends Node {
    /** Calls the method of {@code visitor} that is for this node. */
    <R> R accept(Visitor<R> visitor);

    /** One method a kind, and no default, so that a new kind is noticed everywhere. */
    interface Visitor<R> {
        R named(Named node);

        R classes(Classes node);

        R handler(Handler node);
    }

    /** {@code STORED AS name}, the name in lower case. */
    record Named(String name, SourceSpan span) implements StorageFormat {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.named(this);
        }
    }

    /** {@code STORED AS INPUTFORMAT '..' OUTPUTFORMAT '..'}, in SET FILEFORMAT also SERDE. */
    record Classes(String inputFormat, String outputFormat, Optional<String> serde, SourceSpan span)
            implements StorageFormat {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.classes(this);
        }
    }

    /** {@code STORED BY handler WITH SERDEPROPERTIES (..)}. */
    record Handler(String handler, List<Property> properties, SourceSpan span)
            implements StorageFormat {
        public Handler {
            properties = List.copyOf(properties);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.handler(this);
        }
    }
}
