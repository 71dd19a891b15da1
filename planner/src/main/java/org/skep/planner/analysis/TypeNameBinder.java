package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.parser.ast.StructField;
import org.skep.parser.ast.TypeName;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.StructType;
import org.skep.types.UnionType;

/** Turns types as written into types. Stateless. */
public final class TypeNameBinder implements TypeName.Visitor<DataType> {
    private static final TypeNameBinder INSTANCE = new TypeNameBinder();

    private TypeNameBinder() {}

    /**
     * The type that a name stands for.
     *
     * @throws SkepException INVALID_TYPE, SEMANTIC_ERROR or DUPLICATE_FIELD at its place
     */
    public static DataType bind(TypeName name) {
        return name.accept(INSTANCE);
    }

    @Override
    public DataType simple(TypeName.Simple node) {
        String parameters =
                node.parameters().isEmpty()
                        ? ""
                        : node.parameters().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(",", "(", ")"));
        try {
            return DataType.parse(node.name() + parameters);
        } catch (SkepException e) {
            throw e.at(node.location());
        }
    }

    @Override
    public DataType array(TypeName.Array node) {
        return new ListType(node.element().accept(this));
    }

    @Override
    public DataType mapType(TypeName.MapType node) {
        return new MapType(node.key().accept(this), node.value().accept(this));
    }

    @Override
    public DataType struct(TypeName.Struct node) {
        List<StructType.Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (StructField field : node.fields()) {
            if (!names.add(field.name().name())) {
                throw new SkepException(
                        ErrorCode.DUPLICATE_FIELD,
                        field.name().location(),
                        "Attribute \"%s\" specified more than once in structured type."
                                .formatted(field.name()));
            }
            fields.add(new StructType.Field(field.name().name(), field.type().accept(this)));
        }
        return new StructType(fields);
    }

    @Override
    public DataType union(TypeName.Union node) {
        return new UnionType(node.alternatives().stream().map(type -> type.accept(this)).toList());
    }
}
