package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.session.StatementContext;
import org.skep.metastore.Column;
import org.skep.parser.ast.Node;
import org.skep.types.DataType;
import org.skep.types.TypeKind;

/**
 * Which types of columns may become which, as Hive 4.0.1 has it: numbers wider ones, everything
 * simple but booleans and bytes text, and all of them the same kind with other parameters. Confined
 * to the statement's thread.
 */
final class ColumnTypeChanges {
    private static final String CHECKED = "hive.metastore.disallow.incompatible.col.type.changes";
    private static final List<TypeKind> WIDENING =
            List.of(
                    TypeKind.TINYINT,
                    TypeKind.SMALLINT,
                    TypeKind.INT,
                    TypeKind.BIGINT,
                    TypeKind.DECIMAL,
                    TypeKind.FLOAT,
                    TypeKind.DOUBLE);

    private final StatementContext context;

    ColumnTypeChanges(StatementContext context) {
        this.context = context;
    }

    /**
     * Checks columns that take the places of others.
     *
     * @throws SkepException INCOMPATIBLE_COLUMN_TYPE, unless the session allows all changes
     */
    void check(List<Column> old, List<Column> changed, Node node) {
        if (!Boolean.parseBoolean(context.settings().find(CHECKED).orElse("true"))) {
            return;
        }
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < Math.min(old.size(), changed.size()); i++) {
            DataType from = DataType.parse(old.get(i).typeName());
            DataType to = DataType.parse(changed.get(i).typeName());
            if (!isAllowed(from.kind(), to.kind())) {
                wrong.add(changed.get(i).name());
            }
        }
        if (!wrong.isEmpty()) {
            throw new SkepException(
                    ErrorCode.INCOMPATIBLE_COLUMN_TYPE,
                    node.location(),
                    ("Unable to alter table. The following columns have types incompatible with the"
                                    + " existing columns in their respective positions :\n%s")
                            .formatted(String.join(",", wrong)));
        }
    }

    private static boolean isAllowed(TypeKind from, TypeKind to) {
        if (from == to || from == TypeKind.VOID) {
            return true;
        }
        if (to.isCharacter()) {
            return from.isCharacter() || from.isNumeric() || from.isDateTime();
        }
        int wider = WIDENING.indexOf(to);
        int narrower = WIDENING.indexOf(from);
        return narrower >= 0 && narrower < wider;
    }
}
