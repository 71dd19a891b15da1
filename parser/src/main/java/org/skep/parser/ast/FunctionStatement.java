package org.skep.parser.ast;

import java.util.List;

/** Statements about functions and macros. Immutable. */
public sealed interface FunctionStatement extends Statement {
    /** Calls the method of {@code visitor} that is for this statement. */
    <R> R accept(FunctionStatement.Visitor<R> visitor);

    @Override
    default <R> R accept(Statement.Visitor<R> visitor) {
        return visitor.functionStatement(this);
    }

    /** One method a kind, and no default, so that a new kind is noticed everywhere. */
    interface Visitor<R> {
        R createFunction(CreateFunction node);

        R dropFunction(DropFunction node);

        R reloadFunctions(ReloadFunctions node);

        R createMacro(CreateMacro node);

        R dropMacro(DropMacro node);
    }

    /** CREATE FUNCTION. */
    record CreateFunction(
            QualifiedName name,
            boolean temporary,
            String className,
            List<FunctionResource> resources,
            SourceSpan span)
            implements FunctionStatement {
        public CreateFunction {
            resources = List.copyOf(resources);
        }

        @Override
        public <R> R accept(FunctionStatement.Visitor<R> visitor) {
            return visitor.createFunction(this);
        }
    }

    /** DROP FUNCTION. */
    record DropFunction(QualifiedName name, boolean temporary, boolean ifExists, SourceSpan span)
            implements FunctionStatement {
        @Override
        public <R> R accept(FunctionStatement.Visitor<R> visitor) {
            return visitor.dropFunction(this);
        }
    }

    /** RELOAD FUNCTIONS. */
    record ReloadFunctions(SourceSpan span) implements FunctionStatement {
        @Override
        public <R> R accept(FunctionStatement.Visitor<R> visitor) {
            return visitor.reloadFunctions(this);
        }
    }

    /** CREATE TEMPORARY MACRO. */
    record CreateMacro(
            QualifiedName name, List<MacroParameter> parameters, Expression body, SourceSpan span)
            implements FunctionStatement {
        public CreateMacro {
            parameters = List.copyOf(parameters);
        }

        @Override
        public <R> R accept(FunctionStatement.Visitor<R> visitor) {
            return visitor.createMacro(this);
        }
    }

    /** DROP TEMPORARY MACRO. */
    record DropMacro(QualifiedName name, boolean ifExists, SourceSpan span)
            implements FunctionStatement {
        @Override
        public <R> R accept(FunctionStatement.Visitor<R> visitor) {
            return visitor.dropMacro(this);
        }
    }
}
