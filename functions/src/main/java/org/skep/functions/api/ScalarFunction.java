package org.skep.functions.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.types.DataType;

/**
 * The declaration of a function from values to a value: how it is typed, how it treats NULL, what
 * it does, and where its kernel comes from. Immutable once built.
 */
public final class ScalarFunction {
    /** Whether the same arguments always give the same result. */
    public enum Stability {
        /** Always: the planner may fold it. */
        CONSTANT,
        /** Within a statement ({@code current_date}): folded once a statement. */
        STATEMENT,
        /** Never ({@code rand}, {@code uuid}): evaluated for every row. */
        ROW
    }

    /** A call and its result, as SQL; run as a test. */
    public record Example(String call, String result) {}

    private final String name;
    private final List<String> aliases;
    private final Binder binder;
    private final boolean nullInNullOut;
    private final Stability stability;
    private final String description;
    private final List<Example> examples;
    private final BiFunction<List<DataType>, DataType, ScalarKernel> kernels;

    private ScalarFunction(
            Builder builder, BiFunction<List<DataType>, DataType, ScalarKernel> kernels) {
        name = builder.name;
        aliases = List.copyOf(builder.aliases);
        binder = builder.binder;
        nullInNullOut = builder.nullInNullOut;
        stability = builder.stability;
        description = builder.description;
        examples = List.copyOf(builder.examples);
        this.kernels = kernels;
    }

    /** Begins the declaration of a function; the name is lower case, or an operator's symbol. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** The name in lower case. */
    public String name() {
        return name;
    }

    /** Other names for it. */
    public List<String> aliases() {
        return aliases;
    }

    /** Types a call; see {@link Binder#bind}. */
    public Binding bind(List<Argument> arguments) {
        return binder.bind(arguments);
    }

    /**
     * Whether a NULL argument makes the result NULL; the caller then keeps such rows from the
     * kernel.
     */
    public boolean nullInNullOut() {
        return nullInNullOut;
    }

    /** Whether it may be folded. */
    public Stability stability() {
        return stability;
    }

    /** What it does, for DESCRIBE FUNCTION. */
    public String description() {
        return description;
    }

    /** Examples that run as tests. */
    public List<Example> examples() {
        return examples;
    }

    /** A new kernel for a call of the bound types. */
    public ScalarKernel kernel(List<DataType> argumentTypes, DataType returnType) {
        return kernels.apply(argumentTypes, returnType);
    }

    /** Collects a declaration. Confined to one thread. */
    public static final class Builder {
        private final String name;
        private final List<String> aliases = new ArrayList<>();
        private final List<Example> examples = new ArrayList<>();
        private List<DataType> fixedTypes;
        private DataType fixedReturn;
        private Binder binder;
        private boolean nullInNullOut;
        private Stability stability = Stability.CONSTANT;
        private String description = "";

        private Builder(String name) {
            this.name = name;
        }

        /** Adds other names. */
        public Builder alsoNamed(String... others) {
            Collections.addAll(aliases, others);
            return this;
        }

        /** Fixed parameter types, to which arguments are cast. */
        public Builder takes(DataType... types) {
            fixedTypes = List.of(types);
            return this;
        }

        /** A fixed return type. */
        public Builder returns(DataType type) {
            fixedReturn = type;
            return this;
        }

        /** A typing rule instead of fixed types. */
        public Builder boundBy(Binder rule) {
            binder = rule;
            return this;
        }

        /** Any NULL argument makes the result NULL. */
        public Builder nullInNullOut() {
            nullInNullOut = true;
            return this;
        }

        /** Says when results may change; CONSTANT unless said. */
        public Builder stability(Stability value) {
            stability = value;
            return this;
        }

        /** What it does, in Hive's words where scripts may read them. */
        public Builder describedAs(String text) {
            description = text;
            return this;
        }

        /** An example that runs as a test: a call and its result as SQL. */
        public Builder example(String call, String result) {
            examples.add(new Example(call, result));
            return this;
        }

        /** Ends the declaration with a stateless kernel. */
        public ScalarFunction evaluatedBy(ScalarKernel kernel) {
            return implementedBy((types, returned) -> kernel);
        }

        /**
         * Ends the declaration with kernels that have state: one is made for each call site of each
         * task.
         */
        public ScalarFunction evaluatedByNew(Supplier<ScalarKernel> factory) {
            return implementedBy((types, returned) -> factory.get());
        }

        /** Ends the declaration with a choice of kernel by the bound types. */
        public ScalarFunction implementedBy(
                BiFunction<List<DataType>, DataType, ScalarKernel> kernels) {
            if (binder == null) {
                binder = fixedBinder(name, fixedTypes, fixedReturn);
            }
            return new ScalarFunction(this, kernels);
        }

        private static Binder fixedBinder(String name, List<DataType> types, DataType returned) {
            Binding binding = new Binding(types, returned);
            return arguments -> {
                if (arguments.size() != types.size()) {
                    throw new SkepException(
                            ErrorCode.WRONG_ARGUMENT_COUNT,
                            "Function %s takes %d arguments: %d"
                                    .formatted(name, types.size(), arguments.size()));
                }
                return binding;
            };
        }
    }
}
