package org.skep.columnar.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;

/**
 * A field of a file's schema, with its children and its levels. Immutable once the tree is built.
 */
final class SchemaNode {
    private static final int MAX_DEPTH = 100;

    private final SchemaElement element;
    private final List<SchemaNode> children = new ArrayList<>();
    private final String path;
    private final int definitionLevel;
    private final int repetitionLevel;
    private final int leaf;

    private SchemaNode(SchemaElement element, SchemaNode parent, int leaf) {
        this.element = element;
        this.leaf = leaf;
        if (parent == null) {
            path = "";
            definitionLevel = 0;
            repetitionLevel = 0;
        } else {
            path =
                    parent.path.isEmpty()
                            ? element.getName()
                            : parent.path + "." + element.getName();
            FieldRepetitionType repetition = element.getRepetition_type();
            definitionLevel =
                    parent.definitionLevel + (repetition == FieldRepetitionType.REQUIRED ? 0 : 1);
            repetitionLevel =
                    parent.repetitionLevel + (repetition == FieldRepetitionType.REPEATED ? 1 : 0);
        }
    }

    /** The root of the schema that a footer lists in depth-first order. */
    static SchemaNode tree(List<SchemaElement> elements, ReadPlace place, List<SchemaNode> leaves) {
        if (elements == null || elements.isEmpty()) {
            throw place.corrupt(0, "the footer has no schema");
        }
        int[] next = {0};
        SchemaNode root = read(elements, next, null, place, leaves, 0);
        if (next[0] != elements.size()) {
            throw place.corrupt(
                    0,
                    "the schema has %d elements, its tree only %d"
                            .formatted(elements.size(), next[0]));
        }
        return root;
    }

    private static SchemaNode read(
            List<SchemaElement> elements,
            int[] next,
            SchemaNode parent,
            ReadPlace place,
            List<SchemaNode> leaves,
            int depth) {
        if (next[0] >= elements.size() || depth > MAX_DEPTH) {
            throw place.corrupt(0, "the schema's tree does not end after " + next[0] + " elements");
        }
        SchemaElement element = elements.get(next[0]++);
        if (element.getName() == null || (parent != null && !element.isSetRepetition_type())) {
            throw place.corrupt(0, "schema element %d is incomplete".formatted(next[0] - 1));
        }
        boolean group = parent == null || !element.isSetType();
        SchemaNode node = new SchemaNode(element, parent, group ? -1 : leaves.size());
        if (!group) {
            leaves.add(node);
            return node;
        }
        if (element.getNum_children() < 0 || element.getNum_children() > elements.size()) {
            throw place.corrupt(
                    0,
                    "schema element %s has %d children of %d elements"
                            .formatted(node.path, element.getNum_children(), elements.size()));
        }
        for (int i = 0; i < element.getNum_children(); i++) {
            node.children.add(read(elements, next, node, place, leaves, depth + 1));
        }
        return node;
    }

    SchemaElement element() {
        return element;
    }

    String name() {
        return element.getName();
    }

    /** Dotted path from below the root. */
    String path() {
        return path;
    }

    List<SchemaNode> children() {
        return children;
    }

    /** The child with this name, an exact match before one in another case, or null. */
    SchemaNode child(String name) {
        SchemaNode found = null;
        for (SchemaNode child : children) {
            if (child.name().equals(name)) {
                return child;
            }
            if (found == null && child.name().equalsIgnoreCase(name)) {
                found = child;
            }
        }
        return found;
    }

    boolean isLeaf() {
        return leaf >= 0;
    }

    /**
     * The index of a leaf among all leaves, which is that of its chunk in a row group; -1 for a
     * group.
     */
    int leaf() {
        return leaf;
    }

    /** The level from which on this field is present. */
    int definitionLevel() {
        return definitionLevel;
    }

    /** How many repeated fields there are from the root down to this one. */
    int repetitionLevel() {
        return repetitionLevel;
    }

    boolean repeated() {
        return element.getRepetition_type() == FieldRepetitionType.REPEATED;
    }

    boolean isList() {
        return element.getConverted_type() == ConvertedType.LIST
                || (element.isSetLogicalType() && element.getLogicalType().isSetLIST());
    }

    boolean isMap() {
        return element.getConverted_type() == ConvertedType.MAP
                || element.getConverted_type() == ConvertedType.MAP_KEY_VALUE
                || (element.isSetLogicalType() && element.getLogicalType().isSetMAP());
    }
}
