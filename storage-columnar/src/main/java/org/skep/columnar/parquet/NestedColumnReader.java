package org.skep.columnar.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.RowGroup;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * A column of lists, maps or structs: the levels and values of all its leaves are read for a batch
 * and then put together. Confined to one thread.
 */
final class NestedColumnReader extends ColumnReader {
    private final NestedNode root;
    private final List<LeafLevels> leaves;
    private final ColumnVector vector;
    private long pending;

    private NestedColumnReader(NestedNode root, List<LeafLevels> leaves, DataType type) {
        this.root = root;
        this.leaves = leaves;
        vector = ColumnVector.create(type, 0);
    }

    static ColumnReader create(ReadContext context, SchemaNode node, DataType wanted) {
        List<LeafLevels> leaves = new ArrayList<>();
        NestedNode root =
                NestedNode.create(context, node, wanted, new NestedNode.Above(0, 0), leaves);
        if (leaves.isEmpty()) {
            throw context.place(node).unsupported("none of the wanted fields is in the file");
        }
        return new NestedColumnReader(root, leaves, wanted);
    }

    @Override
    void open(RowGroup group) {
        pending = 0;
        for (LeafLevels leaf : leaves) {
            leaf.open(group);
        }
    }

    @Override
    void skip(int rows) {
        pending += rows;
    }

    @Override
    ColumnVector read(int rows, Selection wanted) {
        for (LeafLevels leaf : leaves) {
            leaf.skip(pending);
            leaf.read(rows);
        }
        pending = 0;
        vector.reset();
        vector.ensureCapacity(rows);
        root.fill(vector, rows);
        return vector;
    }

    @Override
    long bytesRead() {
        long bytes = 0;
        for (LeafLevels leaf : leaves) {
            bytes += leaf.bytesRead();
        }
        return bytes;
    }

    @Override
    public void close() {
        for (LeafLevels leaf : leaves) {
            leaf.close();
        }
    }
}
