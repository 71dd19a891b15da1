// HiveQL as Skep reads it. The grammar is kept free of actions: meaning is given by the tree builder in org.skep.parser.
//
// Two rules shape it. Chains of operators are loops, not recursion, so that five thousand ORs are one flat node. And where
// Hive decides by looking far ahead, the common beginning is parsed once and told apart afterwards, so that prediction
// needs one or two tokens almost everywhere.
parser grammar HiveParser;

options { tokenVocab = HiveLexer; }

// ---------------------------------------------------------------- statements

singleStatement
    : statement SEMICOLON* EOF
    ;

singleExpression
    : expression EOF
    ;

singleType
    : type EOF
    ;

statement
    : queryStatement
    | explainStatement
    | updateStatement
    | deleteStatement
    | mergeStatement
    | loadStatement
    | createDatabase
    | dropDatabase
    | alterDatabase
    | useDatabase
    | createTable
    | dropTable
    | truncateTable
    | alterTable
    | createView
    | alterView
    | dropView
    | createFunction
    | dropFunction
    | reloadFunctions
    | createMacro
    | dropMacro
    | showStatement
    | describeStatement
    | analyzeTable
    | repairTable
    ;

explainStatement
    : KW_EXPLAIN explainOption* statement
    ;

explainOption
    : KW_EXTENDED
    | KW_FORMATTED
    | KW_DEPENDENCY
    | KW_LOGICAL
    | KW_AUTHORIZATION
    | KW_ANALYZE
    | KW_REOPTIMIZATION
    | KW_LOCKS
    | KW_AST
    | KW_DEBUG
    | KW_DDL
    | KW_CBO (KW_COST | KW_JOINCOST)?
    | KW_VECTORIZATION KW_ONLY? (KW_SUMMARY | KW_OPERATOR | KW_EXPRESSION | KW_DETAIL)?
    ;

// ---------------------------------------------------------------- queries

// A statement may begin with FROM and go on with one SELECT or several INSERTs: which, shows only after the FROM clause.
queryStatement
    : withClause? (insertClause query | fromClause (insertBranch+ | fromFirstRest) | plainBody)
    ;

insertBranch
    : insertClause selectClause lateralView* selectRest queryTail
    ;

fromFirstRest
    : selectClause lateralView* selectRest intersectRest setRest queryTail
    ;

plainBody
    : plainPrimary intersectRest setRest queryTail
    ;

query
    : withClause? intersectExpression setRest queryTail
    ;

queryTail
    : orderByClause? (clusterByClause | distributeByClause? sortByClause?) limitClause?
    ;

withClause
    : KW_WITH commonTable (COMMA commonTable)*
    ;

commonTable
    : identifier columnNames? KW_AS LPAREN query RPAREN
    ;

setRest
    : (setOperator intersectExpression)*
    ;

setOperator
    : (KW_UNION | KW_EXCEPT | KW_MINUS) setQuantifier?
    ;

setQuantifier
    : KW_ALL
    | KW_DISTINCT
    ;

intersectExpression
    : queryPrimary intersectRest
    ;

intersectRest
    : (intersectOperator queryPrimary)*
    ;

intersectOperator
    : KW_INTERSECT setQuantifier?
    ;

queryPrimary
    : plainPrimary
    | fromClause selectClause lateralView* selectRest
    ;

plainPrimary
    : selectClause fromClause? selectRest       # selectQuery
    | valuesClause                              # valuesQuery
    | LPAREN query RPAREN                       # nestedQuery
    ;

selectClause
    : KW_SELECT (setQuantifier? selectItem (COMMA selectItem)* | KW_TRANSFORM LPAREN transformInputs RPAREN transformScript)
    | (KW_MAP | KW_REDUCE) transformInputs transformScript
    ;

transformInputs
    : functionArgument (COMMA functionArgument)*
    ;

transformScript
    : inFormat=rowFormat? (KW_RECORDWRITER writer=stringLiteral)? KW_USING script=stringLiteral
      (KW_AS (LPAREN transformColumns RPAREN | transformColumns))?
      outFormat=rowFormat? (KW_RECORDREADER reader=stringLiteral)?
    ;

transformColumns
    : transformColumn (COMMA transformColumn)*
    ;

transformColumn
    : identifier type?
    ;

selectItem
    : star
    | expression (aliasIdentifier | KW_AS (identifier | LPAREN identifier (COMMA identifier)* RPAREN))?
    ;

star
    : (identifier DOT)* ASTERISK
    ;

selectRest
    : whereClause? groupByClause? havingClause? windowClause? qualifyClause?
    ;

whereClause
    : KW_WHERE expression
    ;

groupByClause
    : KW_GROUP KW_BY (KW_ROLLUP | KW_CUBE) LPAREN expression (COMMA expression)* RPAREN
    | KW_GROUP KW_BY LPAREN RPAREN
    | KW_GROUP KW_BY expression (COMMA expression)* (KW_WITH (KW_ROLLUP | KW_CUBE))? groupingSets?
    ;

groupingSets
    : KW_GROUPING KW_SETS LPAREN groupingSet (COMMA groupingSet)* RPAREN
    ;

groupingSet
    : LPAREN RPAREN
    | expression
    ;

havingClause
    : KW_HAVING expression
    ;

windowClause
    : KW_WINDOW namedWindow (COMMA namedWindow)*
    ;

namedWindow
    : identifier KW_AS windowSpecification
    ;

qualifyClause
    : KW_QUALIFY expression
    ;

orderByClause
    : KW_ORDER KW_BY sortItem (COMMA sortItem)*
    ;

sortByClause
    : KW_SORT KW_BY (LPAREN sortItem (COMMA sortItem)* RPAREN | sortItem (COMMA sortItem)*)
    ;

clusterByClause
    : KW_CLUSTER KW_BY expression (COMMA expression)*
    ;

distributeByClause
    : KW_DISTRIBUTE KW_BY expression (COMMA expression)*
    ;

sortItem
    : expression (KW_ASC | KW_DESC)? (KW_NULLS (KW_FIRST | KW_LAST))?
    ;

limitClause
    : KW_LIMIT first=NUMBER (COMMA second=NUMBER | KW_OFFSET offset=NUMBER)?
    ;

valuesClause
    : KW_VALUES firstValuesRow (COMMA valuesRow)*
    ;

// the first row may name the columns
firstValuesRow
    : LPAREN valuesItem (COMMA valuesItem)* RPAREN
    ;

valuesItem
    : expression (KW_AS? identifier)?
    ;

valuesRow
    : LPAREN expression (COMMA expression)* RPAREN
    ;

// ---------------------------------------------------------------- FROM

fromClause
    : KW_FROM joinedRelation
    ;

joinedRelation
    : relationPrimary (lateralView | joinPart)*
    | KW_UNIQUEJOIN uniqueJoinPart (COMMA uniqueJoinPart)+
    ;

uniqueJoinPart
    : KW_PRESERVE? relationPrimary LPAREN expression (COMMA expression)* RPAREN
    ;

joinPart
    : COMMA relationPrimary lateralView*
    | joinType KW_JOIN relationPrimary lateralView* joinCondition?
    ;

joinType
    : KW_INNER?
    | KW_CROSS
    | (KW_LEFT | KW_RIGHT | KW_FULL) KW_OUTER?
    | KW_LEFT (KW_SEMI | KW_ANTI)
    ;

joinCondition
    : KW_ON expression
    | KW_USING columnNames
    ;

relationPrimary
    : qualifiedName tableProperties? timeTravel? tableSample? tableAlias?   # tableRelation
    | LPAREN query RPAREN tableSample? tableAlias columnNames?              # subqueryRelation
    | LPAREN joinedRelation RPAREN                                          # nestedRelation
    | KW_TABLE LPAREN valuesClause RPAREN (tableAlias columnNames?)?        # valuesRelation
    | identifier LPAREN KW_ON relationPrimary windowPartition? windowOrder?
        (identifier LPAREN expression RPAREN (COMMA identifier LPAREN expression RPAREN)*)? RPAREN tableAlias?
                                                                            # tableFunctionRelation
    ;

tableAlias
    : KW_AS identifier
    | aliasIdentifier
    ;

timeTravel
    : KW_FOR (KW_SYSTEM_TIME | KW_SYSTEM_VERSION) KW_AS KW_OF additiveExpression
    ;

tableSample
    : KW_TABLESAMPLE LPAREN KW_BUCKET NUMBER KW_OUT KW_OF NUMBER (KW_ON expression (COMMA expression)*)? RPAREN
    | KW_TABLESAMPLE LPAREN NUMBER (KW_PERCENT | KW_ROWS) RPAREN
    | KW_TABLESAMPLE LPAREN IDENTIFIER RPAREN
    ;

lateralView
    : COMMA? KW_LATERAL KW_VIEW KW_OUTER? functionCall aliasIdentifier? (KW_AS identifier (COMMA identifier)*)?
    | COMMA? KW_LATERAL KW_TABLE LPAREN valuesClause RPAREN tableAlias columnNames?
    ;

// ---------------------------------------------------------------- changing data

insertClause
    : KW_INSERT KW_OVERWRITE KW_LOCAL? KW_DIRECTORY stringLiteral rowFormat? storedAs?          # insertDirectory
    | KW_INSERT (KW_OVERWRITE | KW_INTO) KW_TABLE? qualifiedName partitionSpec? ifNotExists? columnNames?
                                                                                                # insertTable
    ;

partitionSpec
    : KW_PARTITION LPAREN partitionValue (COMMA partitionValue)* RPAREN
    ;

partitionValue
    : identifier (comparisonOperator bitOrExpression)?
    | identifier KW_LIKE stringLiteral
    ;

comparisonOperator
    : EQ | NEQ | LT | LTE | GT | GTE
    ;

loadStatement
    : KW_LOAD KW_DATA KW_LOCAL? KW_INPATH path=stringLiteral KW_OVERWRITE? KW_INTO KW_TABLE qualifiedName partitionSpec?
      (KW_INPUTFORMAT format=stringLiteral KW_SERDE serde=stringLiteral)?
    ;

updateStatement
    : KW_UPDATE qualifiedName tableAlias? KW_SET assignment (COMMA assignment)* whereClause?
    ;

assignment
    : qualifiedName EQ expression
    ;

deleteStatement
    : KW_DELETE KW_FROM qualifiedName tableAlias? whereClause?
    ;

mergeStatement
    : KW_MERGE KW_INTO qualifiedName tableAlias? KW_USING relationPrimary KW_ON expression mergeClause+
    ;

mergeClause
    : KW_WHEN KW_MATCHED (KW_AND expression)? KW_THEN (KW_UPDATE KW_SET assignment (COMMA assignment)* | KW_DELETE)
                                                                                            # mergeMatched
    | KW_WHEN KW_NOT KW_MATCHED (KW_AND expression)? KW_THEN KW_INSERT columnNames? KW_VALUES valuesRow
                                                                                            # mergeNotMatched
    ;

// ---------------------------------------------------------------- databases

createDatabase
    : KW_CREATE (KW_DATABASE | KW_SCHEMA) ifNotExists? qualifiedName
      ( KW_COMMENT comment=stringLiteral
      | KW_LOCATION location=stringLiteral
      | KW_MANAGEDLOCATION managed=stringLiteral
      | KW_WITH KW_DBPROPERTIES propertyList )*
    ;

dropDatabase
    : KW_DROP (KW_DATABASE | KW_SCHEMA) ifExists? qualifiedName (KW_RESTRICT | KW_CASCADE)?
    ;

alterDatabase
    : KW_ALTER (KW_DATABASE | KW_SCHEMA) qualifiedName KW_SET
      ( KW_DBPROPERTIES propertyList
      | KW_OWNER (KW_USER | KW_ROLE | KW_GROUP) identifier
      | KW_LOCATION location=stringLiteral
      | KW_MANAGEDLOCATION managed=stringLiteral )
    ;

useDatabase
    : KW_USE qualifiedName
    ;

// ---------------------------------------------------------------- tables

createTable
    : KW_CREATE tableModifier* KW_TABLE ifNotExists? qualifiedName
      ( KW_LIKE likeSource=qualifiedName tableOption*
      | (LPAREN tableElement (COMMA tableElement)* RPAREN)? tableOption* (KW_AS query)? )
    ;

tableModifier
    : KW_TEMPORARY
    | KW_EXTERNAL
    | KW_MANAGED
    | KW_TRANSACTIONAL
    ;

tableElement
    : columnDefinition
    | tableConstraint
    ;

columnDefinition
    : identifier type columnOption*
    ;

columnOption
    : KW_COMMENT stringLiteral
    | (KW_CONSTRAINT identifier)? columnConstraint constraintTrait*
    ;

columnConstraint
    : KW_NOT KW_NULL
    | KW_PRIMARY KW_KEY
    | KW_UNIQUE
    | KW_DEFAULT bitOrExpression
    | KW_CHECK LPAREN expression RPAREN
    | KW_REFERENCES qualifiedName columnNames
    ;

tableConstraint
    : (KW_CONSTRAINT identifier)?
      ( KW_PRIMARY KW_KEY columnNames
      | KW_UNIQUE columnNames
      | KW_FOREIGN KW_KEY columnNames KW_REFERENCES qualifiedName columnNames
      | KW_CHECK LPAREN expression RPAREN )
      constraintTrait*
    ;

constraintTrait
    : KW_ENABLE
    | KW_DISABLE
    | KW_VALIDATE
    | KW_NOVALIDATE
    | KW_RELY
    | KW_NORELY
    | KW_NOT? KW_ENFORCED
    ;

tableOption
    : KW_COMMENT stringLiteral                                                      # commentOption
    | KW_PARTITIONED KW_BY LPAREN partitionColumn (COMMA partitionColumn)* RPAREN   # partitionedByOption
    | KW_PARTITIONED KW_BY KW_SPEC LPAREN functionArgument (COMMA functionArgument)* RPAREN  # partitionTransformOption
    | bucketing                                                                     # clusteredByOption
    | KW_SKEWED KW_BY columnNames KW_ON LPAREN skewedValue (COMMA skewedValue)* RPAREN
        (KW_STORED KW_AS KW_DIRECTORIES)?                                           # skewedByOption
    | KW_WRITE KW_LOCALLY? KW_ORDERED KW_BY sortItem (COMMA sortItem)*              # orderedByOption
    | rowFormat                                                                     # rowFormatOption
    | storedAs                                                                      # storedAsOption
    | KW_STORED KW_BY (stringLiteral | identifier) (KW_WITH KW_SERDEPROPERTIES propertyList)?   # storedByOption
    | KW_LOCATION stringLiteral                                                     # locationOption
    | tableProperties1                                                              # propertiesOption
    ;

bucketing
    : KW_CLUSTERED KW_BY columnNames (KW_SORTED KW_BY LPAREN sortItem (COMMA sortItem)* RPAREN)? bucketCount
    ;

bucketCount
    : KW_INTO NUMBER KW_BUCKETS
    ;

tableProperties1
    : KW_TBLPROPERTIES propertyList
    ;

partitionColumn
    : identifier (type columnOption*)?
    ;

skewedValue
    : literal
    | LPAREN literal (COMMA literal)* RPAREN
    ;

rowFormat
    : KW_ROW KW_FORMAT KW_DELIMITED delimitedOption*
    | KW_ROW KW_FORMAT KW_SERDE stringLiteral (KW_WITH KW_SERDEPROPERTIES propertyList)?
    ;

delimitedOption
    : KW_FIELDS KW_TERMINATED KW_BY terminator=stringLiteral (KW_ESCAPED KW_BY escape=stringLiteral)?
    | KW_COLLECTION KW_ITEMS KW_TERMINATED KW_BY items=stringLiteral
    | KW_MAP KW_KEYS KW_TERMINATED KW_BY keys=stringLiteral
    | KW_LINES KW_TERMINATED KW_BY lines=stringLiteral
    | KW_NULL KW_DEFINED KW_AS nullText=stringLiteral
    ;

storedAs
    : KW_STORED KW_AS KW_INPUTFORMAT input=stringLiteral KW_OUTPUTFORMAT output=stringLiteral
      (KW_INPUTDRIVER stringLiteral KW_OUTPUTDRIVER stringLiteral)?
    | KW_STORED KW_AS format=identifier
    ;

tableProperties
    : propertyList
    ;

propertyList
    : LPAREN property (COMMA property)* RPAREN
    ;

property
    : key=stringLiteral (EQ value=stringLiteral)?
    ;

dropTable
    : KW_DROP KW_TABLE ifExists? qualifiedName KW_PURGE?
    ;

truncateTable
    : KW_TRUNCATE KW_TABLE? qualifiedName partitionSpec? (KW_COLUMNS columnNames)? KW_FORCE?
    ;

alterTable
    : KW_ALTER KW_TABLE qualifiedName partitionSpec? alterTableAction
    ;

alterTableAction
    : KW_RENAME KW_TO (qualifiedName | partitionSpec)                                               # renameAction
    | (KW_ADD | KW_REPLACE) KW_COLUMNS LPAREN columnDefinition (COMMA columnDefinition)* RPAREN dependents?  # columnsAction
    | KW_CHANGE KW_COLUMN? identifier columnDefinition (KW_FIRST | KW_AFTER identifier)? dependents?  # changeColumnAction
    | KW_DROP KW_COLUMN ifExists? identifier dependents?                                            # dropColumnAction
    | KW_ADD ifNotExists? addedPartition+                                                           # addPartitionsAction
    | KW_DROP ifExists? partitionSpec (COMMA partitionSpec)* KW_PURGE?                              # dropPartitionsAction
    | KW_ADD tableConstraint                                                                        # addConstraintAction
    | KW_DROP KW_CONSTRAINT identifier                                                              # dropConstraintAction
    | KW_SET KW_TBLPROPERTIES propertyList                                                          # setPropertiesAction
    | KW_UNSET KW_TBLPROPERTIES ifExists? propertyList                                              # unsetPropertiesAction
    | KW_SET KW_LOCATION stringLiteral                                                              # setLocationAction
    | KW_SET KW_FILEFORMAT fileFormat                                                               # setFileFormatAction
    | KW_SET KW_SERDE stringLiteral (KW_WITH KW_SERDEPROPERTIES propertyList)?                      # setSerdeAction
    | KW_SET KW_SERDEPROPERTIES propertyList                                                        # setSerdePropertiesAction
    | KW_UNSET KW_SERDEPROPERTIES propertyList                                                      # unsetSerdePropertiesAction
    | KW_SET KW_OWNER (KW_USER | KW_ROLE | KW_GROUP) identifier                                     # setOwnerAction
    | bucketing                                                                                     # bucketingAction
    | bucketCount                                                                                   # bucketCountAction
    | KW_NOT (KW_CLUSTERED | KW_SORTED)                                                             # dropBucketingAction
    | KW_TOUCH partitionSpec?                                                                       # touchAction
    | KW_PARTITION KW_COLUMN LPAREN identifier type RPAREN                                          # partitionColumnAction
    | KW_EXCHANGE partitionSpec KW_WITH KW_TABLE qualifiedName                                      # exchangeAction
    ;

fileFormat
    : KW_INPUTFORMAT input=stringLiteral KW_OUTPUTFORMAT output=stringLiteral KW_SERDE serde=stringLiteral
      (KW_INPUTDRIVER stringLiteral KW_OUTPUTDRIVER stringLiteral)?
    | identifier
    ;

addedPartition
    : partitionSpec (KW_LOCATION stringLiteral)?
    ;

dependents
    : KW_CASCADE
    | KW_RESTRICT
    ;

// ---------------------------------------------------------------- views

createView
    : KW_CREATE (KW_OR KW_REPLACE)? KW_VIEW ifNotExists? qualifiedName
      (LPAREN viewColumn (COMMA viewColumn)* RPAREN)? (KW_COMMENT stringLiteral)?
      (KW_PARTITIONED KW_ON columnNames)? tableProperties1? KW_AS query
    ;

viewColumn
    : identifier (KW_COMMENT stringLiteral)?
    ;

alterView
    : KW_ALTER KW_VIEW qualifiedName
      ( KW_AS? query
      | KW_RENAME KW_TO qualifiedName
      | KW_SET KW_TBLPROPERTIES propertyList
      | KW_UNSET KW_TBLPROPERTIES ifExists? propertyList
      | KW_ADD ifNotExists? addedPartition+
      | KW_DROP ifExists? partitionSpec (COMMA partitionSpec)* )
    ;

dropView
    : KW_DROP KW_VIEW ifExists? qualifiedName
    ;

// ---------------------------------------------------------------- functions and macros

createFunction
    : KW_CREATE KW_TEMPORARY? KW_FUNCTION qualifiedName KW_AS stringLiteral
      (KW_USING functionResource (COMMA functionResource)*)?
    ;

functionResource
    : (KW_JAR | KW_FILE | KW_ARCHIVE) stringLiteral
    ;

dropFunction
    : KW_DROP KW_TEMPORARY? KW_FUNCTION ifExists? qualifiedName
    ;

reloadFunctions
    : KW_RELOAD (KW_FUNCTION | KW_FUNCTIONS)
    ;

createMacro
    : KW_CREATE KW_TEMPORARY KW_MACRO qualifiedName LPAREN (macroParameter (COMMA macroParameter)*)? RPAREN expression
    ;

macroParameter
    : identifier type
    ;

dropMacro
    : KW_DROP KW_TEMPORARY KW_MACRO ifExists? qualifiedName
    ;

// ---------------------------------------------------------------- looking

showStatement
    : KW_SHOW (KW_DATABASES | KW_SCHEMAS) likePattern?                                              # showDatabases
    | KW_SHOW KW_EXTENDED? KW_TABLES inDatabase? (likePattern | KW_WHERE identifier EQ stringLiteral)?  # showTables
    | KW_SHOW KW_MATERIALIZED? KW_VIEWS inDatabase? likePattern?                                    # showViews
    | KW_SHOW KW_SORTED? KW_COLUMNS (KW_FROM | KW_IN) qualifiedName inDatabase? likePattern?        # showColumns
    | KW_SHOW KW_FUNCTIONS likePattern?                                                             # showFunctions
    | KW_SHOW KW_PARTITIONS qualifiedName partitionSpec? whereClause? orderByClause? limitClause?   # showPartitions
    | KW_SHOW KW_CREATE (KW_DATABASE | KW_SCHEMA) qualifiedName                                     # showCreateDatabase
    | KW_SHOW KW_CREATE KW_TABLE qualifiedName                                                      # showCreateTable
    | KW_SHOW KW_TABLE KW_EXTENDED inDatabase? KW_LIKE pattern partitionSpec?                       # showTableExtended
    | KW_SHOW KW_TBLPROPERTIES qualifiedName (LPAREN stringLiteral RPAREN)?                         # showTableProperties
    | KW_SHOW KW_CONF stringLiteral                                                                 # showConf
    ;

inDatabase
    : (KW_FROM | KW_IN) identifier
    ;

likePattern
    : KW_LIKE? pattern
    ;

pattern
    : stringLiteral
    | identifier
    ;

describeStatement
    : (KW_DESCRIBE | KW_DESC) (KW_DATABASE | KW_SCHEMA) KW_EXTENDED? qualifiedName                  # describeDatabase
    | (KW_DESCRIBE | KW_DESC) KW_FUNCTION KW_EXTENDED? describedFunction                            # describeFunction
    | (KW_DESCRIBE | KW_DESC) (KW_FORMATTED | KW_EXTENDED)? qualifiedName
        before=partitionSpec? describedColumn? after=partitionSpec?                                 # describeTable
    ;

describedColumn
    : identifier (DOT (identifier | KW_ELEM_TYPE | KW_KEY_TYPE | KW_VALUE_TYPE))*
    ;

describedFunction
    : functionName
    | stringLiteral
    | EQ | EQ_NULL_SAFE | NEQ | LT | LTE | GT | GTE | PLUS | DASH | ASTERISK | SLASH | PERCENT_SIGN
    | KW_DIV | AMPERSAND | TILDE | PIPE | CARET | CONCAT | BANG
    | KW_AND | KW_OR | KW_NOT | KW_LIKE | KW_RLIKE | KW_REGEXP | KW_IN | KW_BETWEEN | KW_CASE | KW_WHEN | KW_FLOOR
    ;

analyzeTable
    : KW_ANALYZE KW_TABLE qualifiedName partitionSpec?
      ( KW_COMPUTE KW_STATISTICS (KW_NOSCAN | KW_FOR KW_COLUMNS (identifier (COMMA identifier)*)?)*
      | KW_CACHE KW_METADATA )
    ;

repairTable
    : KW_MSCK KW_REPAIR? KW_TABLE? qualifiedName ((KW_ADD | KW_DROP | KW_SYNC) KW_PARTITIONS partitionSpec?)?
    ;

// ---------------------------------------------------------------- expressions, loosest first

expression
    : andExpression (KW_OR andExpression)*
    ;

andExpression
    : notExpression (KW_AND notExpression)*
    ;

notExpression
    : (KW_NOT | BANG)* equalityExpression
    ;

// IS NULL binds looser than =, which reading both from the left comes to.
equalityExpression
    : comparisonExpression equalityPart*
    ;

equalityPart
    : (EQ | EQ_NULL_SAFE | NEQ) (comparisonExpression | quantifier LPAREN query RPAREN)
    | KW_IS KW_NOT? (KW_DISTINCT KW_FROM comparisonExpression | KW_NULL | KW_TRUE | KW_FALSE | KW_UNKNOWN)
    ;

quantifier
    : KW_ANY
    | KW_SOME
    | KW_ALL
    ;

comparisonExpression
    : bitOrExpression comparisonPart*
    ;

comparisonPart
    : (LT | LTE | GT | GTE) (bitOrExpression | quantifier LPAREN query RPAREN)      # orderPart
    | KW_NOT? (KW_LIKE | KW_RLIKE | KW_REGEXP) bitOrExpression                      # likePart
    | KW_NOT? KW_LIKE (KW_ANY | KW_SOME | KW_ALL) LPAREN expression (COMMA expression)* RPAREN    # likeAnyPart
    | KW_NOT? KW_BETWEEN low=bitOrExpression KW_AND high=bitOrExpression            # betweenPart
    | KW_NOT? KW_IN LPAREN (query | expression (COMMA expression)*) RPAREN          # inPart
    ;

bitOrExpression
    : bitAndExpression (PIPE bitAndExpression)*
    ;

bitAndExpression
    : concatExpression (AMPERSAND concatExpression)*
    ;

concatExpression
    : additiveExpression (CONCAT additiveExpression)*
    ;

additiveExpression
    : multiplicativeExpression ((PLUS | DASH) multiplicativeExpression)*
    ;

multiplicativeExpression
    : bitXorExpression ((ASTERISK | SLASH | PERCENT_SIGN | KW_DIV) bitXorExpression)*
    ;

bitXorExpression
    : unaryExpression (CARET unaryExpression)*
    ;

unaryExpression
    : (PLUS | DASH | TILDE)* postfixExpression
    ;

postfixExpression
    : primaryExpression postfix*
    ;

postfix
    : LBRACKET expression RBRACKET
    | DOT identifier
    ;

primaryExpression
    : (NUMBER | stringLiteral) intervalUnit                                         # shortIntervalExpression
    | KW_INTERVAL (NUMBER | stringLiteral | LPAREN expression RPAREN) intervalUnit  # intervalExpression
    | literal                                                                       # literalExpression
    | LPAREN expression (COMMA expression)* RPAREN intervalUnit?                    # parenthesizedExpression
    | LPAREN query RPAREN intervalUnit?                                             # subqueryExpression
    | KW_EXISTS LPAREN query RPAREN                                                 # existsExpression
    | KW_CASE operand=expression? whenClause+ (KW_ELSE fallback=expression)? KW_END # caseExpression
    | KW_CAST LPAREN expression KW_AS type (KW_FORMAT stringLiteral)? RPAREN        # castExpression
    | KW_EXTRACT LPAREN timeUnit KW_FROM expression RPAREN                          # extractExpression
    | KW_FLOOR LPAREN expression (KW_TO timeUnit)? RPAREN                           # floorExpression
    | identifier LPAREN (KW_LEADING | KW_TRAILING | KW_BOTH) characters=expression? KW_FROM source=expression RPAREN  # trimExpression
    | identifier LPAREN expression KW_FROM expression (KW_FOR expression)? RPAREN   # substringExpression
    | functionCall                                                                  # functionCallExpression
    | (KW_CURRENT_DATE | KW_CURRENT_TIMESTAMP)                                      # currentExpression
    | identifier                                                                    # identifierExpression
    ;

whenClause
    : KW_WHEN condition=expression KW_THEN result=expression
    ;

functionCall
    : functionName LPAREN
      (ASTERISK | setQuantifier? (functionArgument (COMMA functionArgument)*)? inner=nullTreatment? orderByClause?)
      RPAREN
      (KW_WITHIN KW_GROUP LPAREN orderByClause RPAREN)?
      outer=nullTreatment? (KW_OVER windowSpecification)?
    ;

functionArgument
    : star
    | expression (KW_AS identifier)?
    ;

nullTreatment
    : (KW_IGNORE | KW_RESPECT) KW_NULLS
    ;

functionName
    : identifier (DOT identifier)?
    | KW_IF | KW_ARRAY | KW_MAP | KW_BIGINT | KW_BINARY | KW_BOOLEAN | KW_CURRENT_DATE | KW_CURRENT_TIMESTAMP | KW_DATE
    | KW_DOUBLE | KW_FLOAT | KW_REAL | KW_GROUPING | KW_INT | KW_INTEGER | KW_SMALLINT | KW_TIMESTAMP | KW_VARIANT
    ;

windowSpecification
    : identifier
    | LPAREN aliasIdentifier? windowPartition? windowOrder? windowFrame? RPAREN
    ;

windowPartition
    : (KW_PARTITION | KW_DISTRIBUTE | KW_CLUSTER) KW_BY expression (COMMA expression)*
    ;

windowOrder
    : (KW_ORDER | KW_SORT) KW_BY sortItem (COMMA sortItem)*
    ;

windowFrame
    : (KW_ROWS | KW_RANGE) (start=frameBound | KW_BETWEEN start=frameBound KW_AND end=frameBound)
    ;

frameBound
    : KW_UNBOUNDED (KW_PRECEDING | KW_FOLLOWING)
    | KW_CURRENT KW_ROW
    | bitOrExpression (KW_PRECEDING | KW_FOLLOWING)
    ;

literal
    : KW_NULL                                                   # nullLiteral
    | (KW_TRUE | KW_FALSE)                                      # booleanLiteral
    | NUMBER                                                    # numberLiteral
    | stringLiteral                                             # textLiteral
    | (KW_DATE | KW_TIMESTAMP | KW_TIMESTAMPLOCALTZ) stringLiteral  # dateTimeLiteral
    ;

stringLiteral
    : STRING+
    ;

intervalUnit
    : KW_YEAR KW_TO KW_MONTH
    | KW_DAY KW_TO KW_SECOND
    | timeUnit
    ;

timeUnit
    : KW_YEAR | KW_YEARS | KW_QUARTER | KW_MONTH | KW_MONTHS | KW_WEEK | KW_WEEKS | KW_DAY | KW_DAYS | KW_DAYOFWEEK
    | KW_HOUR | KW_HOURS | KW_MINUTE | KW_MINUTES | KW_SECOND | KW_SECONDS
    ;

// ---------------------------------------------------------------- types

type
    : KW_ARRAY LT type GT                                       # arrayType
    | KW_MAP LT simple COMMA type GT                            # mapType
    | KW_STRUCT LT structField (COMMA structField)* GT          # structType
    | KW_UNIONTYPE LT type (COMMA type)* GT                     # unionType
    | simple                                                    # plainType
    ;

simple
    : KW_TIMESTAMP KW_WITH KW_LOCAL? KW_TIME KW_ZONE            # zonedType
    | KW_DOUBLE KW_PRECISION?                                   # doubleType
    | (KW_CHAR | KW_VARCHAR) LPAREN NUMBER RPAREN               # textType
    | primitiveType (LPAREN NUMBER (COMMA NUMBER)? RPAREN)?     # simpleType
    ;

primitiveType
    : KW_TINYINT | KW_SMALLINT | KW_INT | KW_INTEGER | KW_BIGINT | KW_BOOLEAN | KW_FLOAT | KW_REAL
    | KW_DATE | KW_DATETIME | KW_TIMESTAMP | KW_TIMESTAMPLOCALTZ | KW_STRING | KW_BINARY | KW_DECIMAL | KW_DEC
    | KW_NUMERIC | KW_VARIANT
    ;

structField
    : identifier COLON type (KW_COMMENT stringLiteral)?
    ;

// ---------------------------------------------------------------- names

ifExists
    : KW_IF KW_EXISTS
    ;

ifNotExists
    : KW_IF KW_NOT KW_EXISTS
    ;

columnNames
    : LPAREN identifier (COMMA identifier)* RPAREN
    ;

qualifiedName
    : identifier (DOT identifier)*
    ;

identifier
    : aliasIdentifier
    | KW_LIMIT
    | KW_OFFSET
    | KW_SORT
    | KW_CLUSTER
    | KW_DISTRIBUTE
    ;

// The words that begin a clause after a table or a column cannot be an alias without AS.
aliasIdentifier
    : IDENTIFIER
    | BACKQUOTED
    | nonReserved
    ;

nonReserved
    : KW_ADD | KW_AFTER | KW_ANALYZE | KW_ANTI | KW_ARCHIVE | KW_ASC | KW_AST | KW_BUCKET | KW_BUCKETS
    | KW_CACHE | KW_CASCADE | KW_CBO | KW_CHANGE | KW_CHECK | KW_CLUSTERED | KW_COLLECTION | KW_COLUMNS
    | KW_COMMENT | KW_COMPUTE | KW_COST | KW_DATA | KW_DATABASES | KW_DATETIME | KW_DAY | KW_DAYOFWEEK
    | KW_DAYS | KW_DBPROPERTIES | KW_DDL | KW_DEBUG | KW_DEFAULT | KW_DEFINED | KW_DELIMITED | KW_DEPENDENCY
    | KW_DESC | KW_DETAIL | KW_DIRECTORIES | KW_DIRECTORY | KW_DISABLE | KW_ENABLE | KW_ENFORCED | KW_ESCAPED
    | KW_EXPLAIN | KW_EXPRESSION | KW_FIELDS | KW_FILE | KW_FILEFORMAT | KW_FIRST | KW_FORCE | KW_FORMAT
    | KW_FORMATTED | KW_FUNCTIONS | KW_HOUR | KW_HOURS | KW_IGNORE | KW_INPATH | KW_INPUTDRIVER
    | KW_INPUTFORMAT | KW_ITEMS | KW_JAR | KW_JOINCOST | KW_KEY | KW_KEYS | KW_LAST | KW_LINES | KW_LOAD
    | KW_LOCALLY | KW_LOCATION | KW_LOCKS | KW_LOGICAL | KW_MANAGED | KW_MANAGEDLOCATION | KW_MATCHED
    | KW_MATERIALIZED | KW_METADATA | KW_MINUTE | KW_MINUTES | KW_MONTH | KW_MONTHS | KW_MSCK | KW_NORELY
    | KW_NOSCAN | KW_NOVALIDATE | KW_NULLS | KW_OPERATOR | KW_ORDERED | KW_OUTPUTDRIVER | KW_OUTPUTFORMAT
    | KW_OVERWRITE | KW_OWNER | KW_PARTITIONED | KW_PARTITIONS | KW_PURGE | KW_QUARTER | KW_RECORDREADER
    | KW_RECORDWRITER | KW_RELOAD | KW_RELY | KW_RENAME | KW_REOPTIMIZATION | KW_REPAIR | KW_REPLACE
    | KW_RESPECT | KW_RESTRICT | KW_ROLE | KW_SCHEMA | KW_SCHEMAS | KW_SECOND | KW_SECONDS | KW_SEMI
    | KW_SERDE | KW_SERDEPROPERTIES | KW_SETS | KW_SHOW | KW_SKEWED | KW_SORTED | KW_SPEC | KW_STATISTICS
    | KW_STORED | KW_STRING | KW_STRUCT | KW_SUMMARY | KW_SYSTEM_TIME | KW_SYSTEM_VERSION | KW_TABLES
    | KW_TBLPROPERTIES | KW_TEMPORARY | KW_TERMINATED | KW_TIMESTAMPLOCALTZ | KW_TINYINT | KW_TOUCH | KW_TRANSACTIONAL
    | KW_UNIONTYPE | KW_UNKNOWN | KW_UNSET | KW_USE | KW_VALIDATE | KW_VECTORIZATION | KW_VIEW | KW_VIEWS
    | KW_WEEK | KW_WEEKS | KW_WITHIN | KW_WRITE | KW_YEAR | KW_YEARS | KW_ZONE
    ;
