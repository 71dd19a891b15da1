package org.skep.columnar.parquet;

import java.util.List;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.StructType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.MapVector;
import org.skep.types.vector.StructVector;

/**
 * A node of the tree in which a nested column is put together from the levels of its leaves.
 *
 * <p>An entry of a leaf's levels is an instance of a node if it repeats nothing within the node and
 * everything repeated around the node has an element there. Confined to one thread.
 */
abstract class NestedNode {
    /**
     * What is around a node.
     *
     * @param repetition how many repeated fields
     * @param definition the definition level from which on the innermost of them has an element
     */
    record Above(int repetition, int definition) {}

    private static final List<String> ELEMENT_GROUPS = List.of("array", "bag");

    /** Fills the first {@code count} positions of a vector. */
    abstract void fill(ColumnVector target, int count);

    /** The leaf whose levels tell of this node, or null if the file has nothing of it. */
    abstract LeafLevels levels();

    /**
     * The tree of a field, adding its leaves to a list; a field that is null is NULL everywhere.
     */
    static NestedNode create(
            ReadContext context,
            SchemaNode node,
            DataType wanted,
            Above above,
            List<LeafLevels> leaves) {
        if (node == null) {
            return new Missing();
        }
        if (node.repeated() && node.repetitionLevel() > above.repetition()) {
            // A repeated field without a list around it is a list of its own.
            return bareList(context, node, wanted, above, leaves);
        }
        if (node.isLeaf()) {
            return leaf(context, node, wanted, above, leaves);
        }
        if (wanted instanceof ListType list) {
            return list(context, node, list, above, leaves);
        }
        if (wanted instanceof MapType map) {
            return map(context, node, map, above, leaves);
        }
        if (wanted instanceof StructType struct && !node.isList() && !node.isMap()) {
            return struct(context, node, struct, above, leaves);
        }
        throw mismatch(context, node, wanted);
    }

    private static org.skep.base.error.SkepException mismatch(
            ReadContext context, SchemaNode node, DataType wanted) {
        String found = node.isList() ? "a list" : node.isMap() ? "a map" : "a group of fields";
        return context.place(node)
                .unsupported(
                        "the file has %s, the table wants %s".formatted(found, wanted.typeName()));
    }

    private static NestedNode leaf(
            ReadContext context,
            SchemaNode node,
            DataType wanted,
            Above above,
            List<LeafLevels> leaves) {
        ReadPlace place = context.place(node);
        if (wanted.kind().isNested()) {
            throw place.unsupported(
                    "the file has %s, the table wants %s"
                            .formatted(FileType.of(node, place).describe(), wanted.typeName()));
        }
        FileType type = FileType.of(node, place);
        ValueConversion conversion = context.conversion(type, wanted, place);
        DataType decodedAs = conversion == null ? wanted : type.natural();
        LeafLevels levels =
                new LeafLevels(
                        node,
                        context.pages(node, type, decodedAs),
                        above.definition(),
                        decodedAs,
                        wanted,
                        conversion);
        leaves.add(levels);
        return new Leaf(levels);
    }

    private static NestedNode bareList(
            ReadContext context,
            SchemaNode node,
            DataType wanted,
            Above above,
            List<LeafLevels> leaves) {
        if (!(wanted instanceof ListType list)) {
            throw context.place(node)
                    .unsupported("the file has a list, the table wants " + wanted.typeName());
        }
        Above inside = new Above(node.repetitionLevel(), node.definitionLevel());
        NestedNode element = create(context, node, list.element(), inside, leaves);
        // It is there, if only empty, wherever what is around it is there.
        return new Items(above, inside, node.definitionLevel() - 1, List.of(element));
    }

    private static NestedNode list(
            ReadContext context,
            SchemaNode node,
            ListType wanted,
            Above above,
            List<LeafLevels> leaves) {
        SchemaNode repeated = node.children().size() == 1 ? node.children().get(0) : null;
        if (repeated == null || !repeated.repeated() || node.isMap()) {
            throw mismatch(context, node, wanted);
        }
        Above inside = new Above(repeated.repetitionLevel(), repeated.definitionLevel());
        SchemaNode item =
                elementIsGroup(node, repeated, wanted) ? repeated : repeated.children().get(0);
        NestedNode element = create(context, item, wanted.element(), inside, leaves);
        return new Items(above, inside, node.definitionLevel(), List.of(element));
    }

    // The format's rules for lists that were written before there was only one form; where they
    // leave
    // it open, the wanted type decides.
    private static boolean elementIsGroup(SchemaNode list, SchemaNode repeated, ListType wanted) {
        if (repeated.isLeaf() || repeated.children().size() != 1) {
            return true;
        }
        if (repeated.children().get(0).repeated()) {
            return true;
        }
        boolean named =
                ELEMENT_GROUPS.contains(repeated.name())
                        || repeated.name().equals(list.name() + "_tuple");
        return named
                && wanted.element() instanceof StructType struct
                && struct.indexOf(repeated.children().get(0).name()) >= 0;
    }

    private static NestedNode map(
            ReadContext context,
            SchemaNode node,
            MapType wanted,
            Above above,
            List<LeafLevels> leaves) {
        SchemaNode repeated = node.children().size() == 1 ? node.children().get(0) : null;
        if (repeated == null || !repeated.repeated() || repeated.children().size() != 2) {
            throw mismatch(context, node, wanted);
        }
        Above inside = new Above(repeated.repetitionLevel(), repeated.definitionLevel());
        NestedNode key = create(context, repeated.children().get(0), wanted.key(), inside, leaves);
        NestedNode value =
                create(context, repeated.children().get(1), wanted.value(), inside, leaves);
        return new Items(above, inside, node.definitionLevel(), List.of(key, value));
    }

    private static NestedNode struct(
            ReadContext context,
            SchemaNode node,
            StructType wanted,
            Above above,
            List<LeafLevels> leaves) {
        NestedNode[] fields = new NestedNode[wanted.fields().size()];
        LeafLevels levels = null;
        for (int i = 0; i < fields.length; i++) {
            StructType.Field field = wanted.fields().get(i);
            fields[i] = create(context, node.child(field.name()), field.type(), above, leaves);
            levels = levels == null ? fields[i].levels() : levels;
        }
        if (levels == null) {
            // None of the wanted fields exists; some leaf must still tell where the struct is NULL.
            levels = witness(context, node, above, leaves);
        }
        return new Fields(above, node.definitionLevel(), fields, levels);
    }

    private static LeafLevels witness(
            ReadContext context, SchemaNode node, Above above, List<LeafLevels> leaves) {
        SchemaNode first = node;
        while (!first.isLeaf()) {
            if (first.children().isEmpty()) {
                throw context.place(node).unsupported("a group without fields");
            }
            first = first.children().get(0);
        }
        FileType type = FileType.of(first, context.place(first));
        LeafLevels levels =
                new LeafLevels(
                        first,
                        context.pages(first, type, type.natural()),
                        above.definition(),
                        type.natural(),
                        type.natural(),
                        null);
        leaves.add(levels);
        return levels;
    }

    /** A field that the file does not have. */
    private static final class Missing extends NestedNode {
        @Override
        void fill(ColumnVector target, int count) {
            for (int i = 0; i < count; i++) {
                target.setNull(i);
            }
        }

        @Override
        LeafLevels levels() {
            return null;
        }
    }

    /** A value. */
    private static final class Leaf extends NestedNode {
        private final LeafLevels levels;

        Leaf(LeafLevels levels) {
            this.levels = levels;
        }

        @Override
        void fill(ColumnVector target, int count) {
            if (levels.slots() != count) {
                throw levels.place()
                        .corrupt(0, "%d values, %d wanted".formatted(levels.slots(), count));
            }
            target.copyFrom(levels.values(), null, 0, count, 0);
        }

        @Override
        LeafLevels levels() {
            return levels;
        }
    }

    /** A struct. */
    private static final class Fields extends NestedNode {
        private final Above above;
        private final int definition;
        private final NestedNode[] fields;
        private final LeafLevels levels;

        Fields(Above above, int definition, NestedNode[] fields, LeafLevels levels) {
            this.above = above;
            this.definition = definition;
            this.fields = fields;
            this.levels = levels;
        }

        @Override
        void fill(ColumnVector target, int count) {
            int[] definitions = levels.definitions();
            int[] repetitions = levels.repetitions();
            int row = 0;
            for (int i = 0; i < levels.entries(); i++) {
                if (repetitions[i] <= above.repetition() && definitions[i] >= above.definition()) {
                    if (row == count) {
                        throw levels.place().corrupt(0, "more than %d structs".formatted(count));
                    }
                    if (definitions[i] < definition) {
                        target.setNull(row);
                    }
                    row++;
                }
            }
            if (row != count) {
                throw levels.place().corrupt(0, "%d structs, %d wanted".formatted(row, count));
            }
            StructVector structs = (StructVector) target;
            for (int i = 0; i < fields.length; i++) {
                structs.field(i).ensureCapacity(count);
                fields[i].fill(structs.field(i), count);
            }
        }

        @Override
        LeafLevels levels() {
            return levels;
        }
    }

    /** A list of elements, or a map of keys and values. */
    private static final class Items extends NestedNode {
        private final Above above;
        private final Above inside;
        private final int definition;
        private final List<NestedNode> parts;
        private final LeafLevels levels;

        Items(Above above, Above inside, int definition, List<NestedNode> parts) {
            this.above = above;
            this.inside = inside;
            this.definition = definition;
            this.parts = parts;
            LeafLevels found = parts.get(0).levels();
            levels = found != null ? found : parts.get(parts.size() - 1).levels();
        }

        @Override
        void fill(ColumnVector target, int count) {
            int[] definitions = levels.definitions();
            int[] repetitions = levels.repetitions();
            int entries = levels.entries();
            int row = -1;
            int length = 0;
            int total = 0;
            for (int i = 0; i < entries; i++) {
                if (repetitions[i] <= above.repetition()) {
                    if (definitions[i] < above.definition()) {
                        continue;
                    }
                    if (row >= 0) {
                        append(target, row, length);
                    }
                    row++;
                    length = 0;
                    if (row == count) {
                        throw levels.place().corrupt(0, "more than %d lists".formatted(count));
                    }
                    if (definitions[i] < definition) {
                        target.setNull(row);
                    }
                }
                if (repetitions[i] <= inside.repetition()
                        && definitions[i] >= inside.definition()) {
                    length++;
                    total++;
                }
            }
            if (row >= 0) {
                append(target, row, length);
            }
            if (row + 1 != count) {
                throw levels.place().corrupt(0, "%d lists, %d wanted".formatted(row + 1, count));
            }
            if (target instanceof ListVector lists) {
                parts.get(0).fill(lists.elements(), total);
            } else {
                MapVector maps = (MapVector) target;
                parts.get(0).fill(maps.keys(), total);
                parts.get(1).fill(maps.values(), total);
            }
        }

        private static void append(ColumnVector target, int row, int length) {
            if (target instanceof ListVector lists) {
                lists.append(row, length);
            } else {
                ((MapVector) target).append(row, length);
            }
        }

        @Override
        LeafLevels levels() {
            return levels;
        }
    }
}
