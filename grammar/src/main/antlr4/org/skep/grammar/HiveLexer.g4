// The words and signs of HiveQL. Keywords are not lexer rules: an identifier is looked up in the table of KW_ tokens,
// which keeps the automaton small, quick to start, and indifferent to case and locale.
lexer grammar HiveLexer;

options { caseInsensitive = true; }

tokens {
    KW_ADD, KW_AFTER, KW_ALL, KW_ALTER, KW_ANALYZE, KW_AND, KW_ANTI, KW_ANY, KW_ARCHIVE, KW_ARRAY, KW_AS
    , KW_ASC, KW_AST, KW_AUTHORIZATION, KW_BETWEEN, KW_BIGINT, KW_BINARY, KW_BOOLEAN, KW_BOTH, KW_BUCKET
    , KW_BUCKETS, KW_BY, KW_CACHE, KW_CASCADE, KW_CASE, KW_CAST, KW_CBO, KW_CHANGE, KW_CHAR, KW_CHECK
    , KW_CLUSTER, KW_CLUSTERED, KW_COLLECTION, KW_COLUMN, KW_COLUMNS, KW_COMMENT, KW_COMMIT, KW_COMPUTE
    , KW_CONF, KW_CONSTRAINT, KW_CONVERT, KW_COST, KW_CREATE, KW_CROSS, KW_CUBE, KW_CURRENT, KW_CURRENT_DATE
    , KW_CURRENT_TIMESTAMP, KW_CURSOR, KW_DATA, KW_DATABASE, KW_DATABASES, KW_DATE, KW_DATETIME, KW_DAY
    , KW_DAYOFWEEK, KW_DAYS, KW_DBPROPERTIES, KW_DDL, KW_DEBUG, KW_DEC, KW_DECIMAL, KW_DEFAULT, KW_DEFINED
    , KW_DELETE, KW_DELIMITED, KW_DEPENDENCY, KW_DESC, KW_DESCRIBE, KW_DETAIL, KW_DIRECTORIES, KW_DIRECTORY
    , KW_DISABLE, KW_DISTINCT, KW_DISTRIBUTE, KW_DIV, KW_DOUBLE, KW_DROP, KW_ELSE, KW_ENABLE, KW_END
    , KW_ENFORCED, KW_ESCAPED, KW_EXCEPT, KW_EXCHANGE, KW_EXISTS, KW_EXPLAIN, KW_EXPRESSION, KW_EXTENDED
    , KW_EXTERNAL, KW_EXTRACT, KW_FALSE, KW_FETCH, KW_FIELDS, KW_FILE, KW_FILEFORMAT, KW_FIRST, KW_FLOAT
    , KW_FLOOR, KW_FOLLOWING, KW_FOR, KW_FORCE, KW_FOREIGN, KW_FORMAT, KW_FORMATTED, KW_FROM, KW_FULL
    , KW_FUNCTION, KW_FUNCTIONS, KW_GRANT, KW_GROUP, KW_GROUPING, KW_HAVING, KW_HOUR, KW_HOURS, KW_IF
    , KW_IGNORE, KW_IMPORT, KW_IN, KW_INNER, KW_INPATH, KW_INPUTDRIVER, KW_INPUTFORMAT, KW_INSERT, KW_INT
    , KW_INTEGER, KW_INTERSECT, KW_INTERVAL, KW_INTO, KW_IS, KW_ITEMS, KW_JAR, KW_JOIN, KW_JOINCOST, KW_KEY
    , KW_KEYS, KW_LAST, KW_LATERAL, KW_LEADING, KW_LEFT, KW_LESS, KW_LIKE, KW_LIMIT, KW_LINES, KW_LOAD
    , KW_LOCAL, KW_LOCALLY, KW_LOCATION, KW_LOCKS, KW_LOGICAL, KW_MACRO, KW_MANAGED, KW_MANAGEDLOCATION
    , KW_MAP, KW_MATCHED, KW_MATERIALIZED, KW_MERGE, KW_METADATA, KW_MINUS, KW_MINUTE, KW_MINUTES, KW_MONTH
    , KW_MONTHS, KW_MORE, KW_MSCK, KW_NONE, KW_NORELY, KW_NOSCAN, KW_NOT, KW_NOVALIDATE, KW_NULL, KW_NULLS
    , KW_NUMERIC, KW_OF, KW_OFFSET, KW_ON, KW_ONLY, KW_OPERATOR, KW_OR, KW_ORDER, KW_ORDERED, KW_OUT, KW_OUTER
    , KW_OUTPUTDRIVER, KW_OUTPUTFORMAT, KW_OVER, KW_OVERWRITE, KW_OWNER, KW_PARTITION, KW_PARTITIONED
    , KW_PARTITIONS, KW_PERCENT, KW_PRECEDING, KW_PRECISION, KW_PREPARE, KW_PRESERVE, KW_PRIMARY, KW_PROCEDURE
    , KW_PURGE, KW_QUALIFY, KW_QUARTER, KW_RANGE, KW_READS, KW_REAL, KW_RECORDREADER, KW_RECORDWRITER
    , KW_REDUCE, KW_REFERENCES, KW_REGEXP, KW_RELOAD, KW_RELY, KW_RENAME, KW_REOPTIMIZATION, KW_REPAIR
    , KW_REPLACE, KW_RESPECT, KW_RESTRICT, KW_REVOKE, KW_RIGHT, KW_RLIKE, KW_ROLE, KW_ROLLBACK, KW_ROLLUP
    , KW_ROW, KW_ROWS, KW_SCHEMA, KW_SCHEMAS, KW_SECOND, KW_SECONDS, KW_SELECT, KW_SEMI, KW_SERDE
    , KW_SERDEPROPERTIES, KW_SET, KW_SETS, KW_SHOW, KW_SKEWED, KW_SMALLINT, KW_SOME, KW_SORT, KW_SORTED
    , KW_SPEC, KW_START, KW_STATISTICS, KW_STORED, KW_STRING, KW_STRUCT, KW_SUMMARY, KW_SYNC, KW_SYSTEM_TIME
    , KW_SYSTEM_VERSION, KW_TABLE, KW_TABLES, KW_TABLESAMPLE, KW_TBLPROPERTIES, KW_TEMPORARY, KW_TERMINATED
    , KW_THEN, KW_TIME, KW_TIMESTAMP, KW_TIMESTAMPLOCALTZ, KW_TINYINT, KW_TO, KW_TOUCH, KW_TRAILING, KW_TRANSACTIONAL
    , KW_TRANSFORM, KW_TRIGGER, KW_TRUE, KW_TRUNCATE, KW_UNBOUNDED, KW_UNION, KW_UNIONTYPE, KW_UNIQUE
    , KW_UNIQUEJOIN, KW_UNKNOWN, KW_UNSET, KW_UPDATE, KW_USE, KW_USER, KW_USING, KW_VALIDATE, KW_VALUES
    , KW_VARCHAR, KW_VARIANT, KW_VECTORIZATION, KW_VIEW, KW_VIEWS, KW_WEEK, KW_WEEKS, KW_WHEN, KW_WHERE
    , KW_WINDOW, KW_WITH, KW_WITHIN, KW_WRITE, KW_YEAR, KW_YEARS, KW_ZONE
}

channels { COMMENTS, HINTS }

@members {
private static final java.util.Map<String, Integer> KEYWORDS = keywords();

private static java.util.Map<String, Integer> keywords() {
    java.util.Map<String, Integer> words = new java.util.HashMap<>();
    for (int type = 1; type <= VOCABULARY.getMaxTokenType(); type++) {
        String name = VOCABULARY.getSymbolicName(type);
        if (name != null && name.startsWith("KW_") && !name.endsWith("_TYPE")) {
            words.put(name.substring(3), type);
        }
    }
    words.put("ENABLED", KW_ENABLE);
    words.put("DISABLED", KW_DISABLE);
    return words;
}

/** The keywords, in upper case, with their token types. */
public static java.util.Map<String, Integer> keywordTypes() {
    return java.util.Collections.unmodifiableMap(KEYWORDS);
}

@Override
public Token emit() {
    if (_type == IDENTIFIER) {
        Integer keyword = KEYWORDS.get(getText().toUpperCase(java.util.Locale.ROOT));
        if (keyword != null) {
            _type = keyword;
        }
    }
    return super.emit();
}
}

EQ : '=' | '==';
EQ_NULL_SAFE : '<=>';
NEQ : '<>' | '!=';
LT : '<';
LTE : '<=';
GT : '>';
GTE : '>=';
PLUS : '+';
DASH : '-';
ASTERISK : '*';
SLASH : '/';
PERCENT_SIGN : '%';
TILDE : '~';
AMPERSAND : '&';
PIPE : '|';
CARET : '^';
CONCAT : '||';
BANG : '!';
DOT : '.';
COMMA : ',';
COLON : ':';
SEMICOLON : ';';
LPAREN : '(';
RPAREN : ')';
LBRACKET : '[';
RBRACKET : ']';

KW_ELEM_TYPE : '$elem$';
KW_KEY_TYPE : '$key$';
KW_VALUE_TYPE : '$value$';

STRING
    : '\'' (~['\\] | '\\' .)* '\''
    | '"' (~["\\] | '\\' .)* '"'
    ;

NUMBER
    : DIGIT+ ('.' DIGIT*)? EXPONENT? (NUMBER_SUFFIX)?
    ;

// Hive reads these only after the name of a character set, which we do not have: so they are not names either.
CHARSET_LITERAL
    : '0x' [0-9a-f]+
    ;

IDENTIFIER
    : [a-z0-9_]+
    ;

BACKQUOTED
    : '`' ('``' | ~'`')* '`'
    ;

HINT
    : '/*+' .*? '*/' -> channel(HINTS)
    ;

COMMENT
    : ('--' ~[\r\n]* | '/*' .*? '*/') -> channel(COMMENTS)
    ;

WHITESPACE
    : [ \t\r\n\f\u00A0\uFEFF]+ -> channel(HIDDEN)
    ;

UNRECOGNIZED
    : .
    ;

fragment DIGIT
    : [0-9]
    ;

fragment EXPONENT
    : 'e' [+-]? DIGIT+
    ;

fragment NUMBER_SUFFIX
    : 'bd' | [ysld]
    ;
