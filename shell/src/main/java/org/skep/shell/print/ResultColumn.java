package org.skep.shell.print;

import java.sql.Types;

/**
 * A column to print. Immutable.
 *
 * @param number whether its values stand at the right
 */
record ResultColumn(String name, boolean number) {
    static boolean isNumber(int jdbcType) {
        return switch (jdbcType) {
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.FLOAT,
                    Types.REAL,
                    Types.DOUBLE,
                    Types.DECIMAL,
                    Types.NUMERIC ->
                    true;
            default -> false;
        };
    }
}
