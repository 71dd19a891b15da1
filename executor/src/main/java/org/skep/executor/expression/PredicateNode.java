package org.skep.executor.expression;

import org.skep.types.vector.Selection;

/** A compiled condition. Confined to one thread. */
abstract class PredicateNode {
    /** The selected rows for which it is true. */
    abstract Selection select(BatchInput input, Selection selection);
}
