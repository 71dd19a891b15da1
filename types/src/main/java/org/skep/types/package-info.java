/**
 * SQL types as Hive knows them and single values of them. Start at {@link org.skep.types.DataType}.
 */
package org.skep.types;
