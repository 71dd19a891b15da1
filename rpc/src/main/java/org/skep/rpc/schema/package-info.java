/**
 * The shape of a result: columns, their types and the types' qualifiers. Start at {@link
 * org.skep.rpc.schema.TableSchema}.
 */
package org.skep.rpc.schema;
