package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/** Statements about databases; SCHEMA is another word for DATABASE. Immutable. */
public sealed interface DatabaseStatement extends Statement {
    /** Calls the method of {@code visitor} that is for this statement. */
    <R> R accept(DatabaseStatement.Visitor<R> visitor);

    @Override
    default <R> R accept(Statement.Visitor<R> visitor) {
        return visitor.databaseStatement(this);
    }

    /** One method a kind, and no default, so that a new kind is noticed everywhere. */
    interface Visitor<R> {
        R create(Create node);

        R drop(Drop node);

        R setDatabaseProperties(SetDatabaseProperties node);

        R setDatabaseOwner(SetDatabaseOwner node);

        R setDatabaseLocation(SetDatabaseLocation node);

        R use(Use node);
    }

    /** CREATE DATABASE. */
    record Create(
            QualifiedName name,
            boolean ifNotExists,
            Optional<String> comment,
            Optional<String> databaseLocation,
            Optional<String> managedLocation,
            List<Property> properties,
            SourceSpan span)
            implements DatabaseStatement {
        public Create {
            properties = List.copyOf(properties);
        }

        @Override
        public <R> R accept(DatabaseStatement.Visitor<R> visitor) {
            return visitor.create(this);
        }
    }

    /** DROP DATABASE. */
    record Drop(QualifiedName name, boolean ifExists, boolean cascade, SourceSpan span)
            implements DatabaseStatement {
        @Override
        public <R> R accept(DatabaseStatement.Visitor<R> visitor) {
            return visitor.drop(this);
        }
    }

    /** ALTER DATABASE .. SET DBPROPERTIES. */
    record SetDatabaseProperties(QualifiedName name, List<Property> properties, SourceSpan span)
            implements DatabaseStatement {
        public SetDatabaseProperties {
            properties = List.copyOf(properties);
        }

        @Override
        public <R> R accept(DatabaseStatement.Visitor<R> visitor) {
            return visitor.setDatabaseProperties(this);
        }
    }

    /** ALTER DATABASE .. SET OWNER. */
    record SetDatabaseOwner(
            QualifiedName name, PrincipalKind kind, Identifier owner, SourceSpan span)
            implements DatabaseStatement {
        @Override
        public <R> R accept(DatabaseStatement.Visitor<R> visitor) {
            return visitor.setDatabaseOwner(this);
        }
    }

    /** ALTER DATABASE .. SET [MANAGED]LOCATION. */
    record SetDatabaseLocation(QualifiedName name, String path, boolean managed, SourceSpan span)
            implements DatabaseStatement {
        @Override
        public <R> R accept(DatabaseStatement.Visitor<R> visitor) {
            return visitor.setDatabaseLocation(this);
        }
    }

    /** USE. */
    record Use(QualifiedName name, SourceSpan span) implements DatabaseStatement {
        @Override
        public <R> R accept(DatabaseStatement.Visitor<R> visitor) {
            return visitor.use(this);
        }
    }
}
