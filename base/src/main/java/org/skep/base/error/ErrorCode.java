package org.skep.base.error;

/**
 * The catalogue of failures that a user can see. Numbers are Hive's own where Hive has one, from
 * 50000 on where it has not; 40000 is Hive's number for failures to which it gave none. Numbers are
 * part of the interface: never reuse or renumber. Immutable.
 */
public enum ErrorCode {
    PARSE_ERROR(40000, "42000", ErrorKind.USER, "ParseException"),
    SEMANTIC_ERROR(40000, "42000", ErrorKind.USER, "SemanticException"),
    TABLE_NOT_FOUND(10001, "42S02", ErrorKind.USER, "SemanticException"),
    COLUMN_NOT_FOUND(10002, "42000", ErrorKind.USER, "SemanticException"),
    INVALID_COLUMN_REFERENCE(10004, "42000", ErrorKind.USER, "SemanticException"),
    PARTITION_NOT_FOUND(10006, "42000", ErrorKind.USER, "SemanticException"),
    AMBIGUOUS_COLUMN(10007, "42000", ErrorKind.USER, "SemanticException"),
    AMBIGUOUS_TABLE_ALIAS(10008, "42000", ErrorKind.USER, "SemanticException"),
    INVALID_TABLE_ALIAS(10009, "42000", ErrorKind.USER, "SemanticException"),
    NO_TABLE_ALIAS(10010, "42000", ErrorKind.USER, "SemanticException"),
    FUNCTION_NOT_FOUND(10011, "42000", ErrorKind.USER, "SemanticException"),
    WRONG_ARGUMENT_COUNT(10015, "42000", ErrorKind.USER, "SemanticException"),
    WRONG_ARGUMENT_TYPE(10016, "42000", ErrorKind.USER, "SemanticException"),
    WRONG_ARGUMENTS(10014, "42000", ErrorKind.USER, "SemanticException"),
    NOT_IN_GROUP_BY(10025, "42000", ErrorKind.USER, "SemanticException"),
    COLUMN_COUNT_MISMATCH(10044, "42000", ErrorKind.USER, "SemanticException"),
    SAME_OUTPUT_TWICE(10087, "42000", ErrorKind.USER, "SemanticException"),
    INVALID_TABLE_NAME(10003, "42000", ErrorKind.USER, "SemanticException"),
    DATABASE_NOT_FOUND(10072, "42000", ErrorKind.USER, "SemanticException"),
    DATABASE_EXISTS(10242, "42000", ErrorKind.USER, "Execution Error"),
    DATABASE_NOT_EMPTY(40000, "42000", ErrorKind.USER, "Execution Error"),
    TABLE_EXISTS(40000, "42S01", ErrorKind.USER, "Execution Error"),
    VIEW_EXISTS(10073, "42S01", ErrorKind.USER, "Execution Error"),
    RENAME_TARGET_EXISTS(40013, "42S01", ErrorKind.USER, "Execution Error"),
    INCOMPATIBLE_COLUMN_TYPE(40013, "42000", ErrorKind.USER, "Execution Error"),
    PARTITION_EXISTS(40000, "42000", ErrorKind.USER, "Execution Error"),
    NOT_PARTITIONED(10241, "42000", ErrorKind.USER, "Execution Error"),
    BUCKET_COUNT(10037, "42000", ErrorKind.USER, "SemanticException"),
    EXCHANGED_PARTITION_EXISTS(10118, "42000", ErrorKind.USER, "SemanticException"),
    NOT_BUCKETED(10145, "42000", ErrorKind.USER, "SemanticException"),
    PARTITION_VALUES_WITH_GAP(10234, "42000", ErrorKind.USER, "SemanticException"),
    TABLES_NOT_COMPATIBLE(10235, "42000", ErrorKind.USER, "SemanticException"),
    INVALID_NUMBER(10029, "42000", ErrorKind.USER, "SemanticException"),
    NON_COLLECTION_TYPE(10033, "42000", ErrorKind.USER, "SemanticException"),
    PARTITION_COLUMN_REPEATED(10035, "42000", ErrorKind.USER, "SemanticException"),
    NOT_A_STRUCT(10042, "42000", ErrorKind.USER, "SemanticException"),
    NO_COLUMNS(10043, "42000", ErrorKind.USER, "SemanticException"),
    SAMPLE_NEEDS_EXPRESSION(10060, "42000", ErrorKind.USER, "SemanticException"),
    SAMPLE_BUCKET_TOO_HIGH(10061, "42000", ErrorKind.USER, "SemanticException"),
    NEEDS_PARTITION(10062, "42000", ErrorKind.USER, "SemanticException"),
    COLUMNS_OF_QUERY(10065, "42000", ErrorKind.USER, "SemanticException"),
    MISPLACED_TABLE_FUNCTION(10081, "42000", ErrorKind.USER, "SemanticException"),
    TABLE_FUNCTION_ALIASES(10083, "42000", ErrorKind.USER, "SemanticException"),
    VIEW_NOT_ANALYZABLE(10091, "42000", ErrorKind.USER, "SemanticException"),
    VIEW_PARTITION_TOTAL(10092, "42000", ErrorKind.USER, "SemanticException"),
    VIEW_PARTITION_MISMATCH(10093, "42000", ErrorKind.USER, "SemanticException"),
    DYNAMIC_BEFORE_STATIC(10094, "42000", ErrorKind.USER, "SemanticException"),
    DYNAMIC_PARTITION_DISABLED(10095, "42000", ErrorKind.USER, "SemanticException"),
    DYNAMIC_PARTITION_STRICT(10096, "42000", ErrorKind.USER, "SemanticException"),
    PARTITION_COLUMN_TYPE(10126, "42000", ErrorKind.USER, "SemanticException"),
    MISPLACED_AGGREGATE(10128, "42000", ErrorKind.USER, "SemanticException"),
    NEEDS_ALTER_VIEW(10131, "42000", ErrorKind.USER, "SemanticException"),
    NEEDS_ALTER_TABLE(10132, "42000", ErrorKind.USER, "SemanticException"),
    NOT_MANAGED(10146, "42000", ErrorKind.USER, "SemanticException"),
    PARTITION_OF_PLAIN_TABLE(10148, "42000", ErrorKind.USER, "SemanticException"),
    VIEW_NOT_FOUND(10216, "42000", ErrorKind.USER, "SemanticException"),
    GROUP_BY_POSITION(10220, "42000", ErrorKind.USER, "SemanticException"),
    ORDER_BY_POSITION(10221, "42000", ErrorKind.USER, "SemanticException"),
    MISSING_OVER(10247, "42000", ErrorKind.USER, "SemanticException"),
    PARTITION_VALUE_TYPE(10248, "42000", ErrorKind.USER, "SemanticException"),
    VOID_COLUMN(10305, "42000", ErrorKind.USER, "SemanticException"),
    INVALID_CONSTRAINT(10332, "42000", ErrorKind.USER, "SemanticException"),
    GROUPING_ARGUMENT(10409, "42000", ErrorKind.USER, "SemanticException"),
    NOT_ORDERED_SET_AGGREGATE(10421, "42000", ErrorKind.USER, "SemanticException"),
    HYPOTHETICAL_COUNT(10422, "42000", ErrorKind.USER, "SemanticException"),
    DUPLICATE_FIELD(10423, "42000", ErrorKind.USER, "SemanticException"),
    DUPLICATE_COLUMN(10036, "42000", ErrorKind.USER, "SemanticException"),
    INVALID_TYPE(10099, "42000", ErrorKind.USER, "SemanticException"),
    INVALID_PARTITION_SPEC(10214, "42000", ErrorKind.USER, "SemanticException"),
    INVALID_PATH(10028, "42000", ErrorKind.USER, "SemanticException"),
    INVALID_LOAD_FILE(10119, "42000", ErrorKind.USER, "SemanticException"),
    STRICT_CHECK(10052, "42000", ErrorKind.USER, "SemanticException"),
    UPDATE_NOT_TRANSACTIONAL(10294, "42000", ErrorKind.USER, "SemanticException"),
    VIEW_NOT_WRITABLE(10090, "42000", ErrorKind.USER, "SemanticException"),
    ACID_DIRECTORY(50004, "0A000", ErrorKind.USER, "SemanticException"),
    NOT_SUPPORTED(50010, "0A000", ErrorKind.USER, "SemanticException"),
    NESTING_TOO_DEEP(50011, "54001", ErrorKind.USER, "ParseException"),
    INVALID_OPTION(50012, "42000", ErrorKind.USER, "IllegalArgumentException"),
    SUBQUERY_ROWS(50013, "21000", ErrorKind.USER, "Execution Error"),
    RUNTIME_ERROR(50014, "22000", ErrorKind.USER, "Execution Error"),
    STRICT_DAMAGE(50015, "22000", ErrorKind.USER, "Execution Error"),
    MEMORY_LIMIT(50020, "53200", ErrorKind.ENVIRONMENT, "Execution Error"),
    IO_ERROR(50021, "58030", ErrorKind.ENVIRONMENT, "Execution Error"),
    FILE_NOT_FOUND(50022, "58030", ErrorKind.ENVIRONMENT, "Execution Error"),
    PERMISSION_DENIED(50023, "42501", ErrorKind.ENVIRONMENT, "Execution Error"),
    DISK_FULL(50024, "53100", ErrorKind.ENVIRONMENT, "Execution Error"),
    DATA_DIRECTORY_IN_USE(50025, "55006", ErrorKind.ENVIRONMENT, "Execution Error"),
    FORMAT_TOO_NEW(50026, "0A000", ErrorKind.ENVIRONMENT, "Execution Error"),
    CATALOGUE_UNAVAILABLE(50027, "08006", ErrorKind.ENVIRONMENT, "Execution Error"),
    CONFLICT(50028, "40001", ErrorKind.ENVIRONMENT, "Execution Error"),
    CORRUPT_FILE(50030, "58030", ErrorKind.CORRUPTION, "Execution Error"),
    CANCELLED(50040, "57014", ErrorKind.CANCELLED, "Execution Error"),
    INTERNAL(50099, "XX000", ErrorKind.INTERNAL, "Execution Error");

    private final int number;
    private final String sqlState;
    private final ErrorKind kind;
    private final String hivePrefix;

    ErrorCode(int number, String sqlState, ErrorKind kind, String hivePrefix) {
        this.number = number;
        this.sqlState = sqlState;
        this.kind = kind;
        this.hivePrefix = hivePrefix;
    }

    /** The vendor code that JDBC clients see. */
    public int number() {
        return number;
    }

    /** The five-character SQLSTATE. */
    public String sqlState() {
        return sqlState;
    }

    /** Whose fault it is. */
    public ErrorKind kind() {
        return kind;
    }

    /** The exception name by which Hive introduces such a failure in its own sentence. */
    public String hivePrefix() {
        return hivePrefix;
    }
}
