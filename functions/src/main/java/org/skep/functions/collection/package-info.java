/**
 * Functions of arrays, maps and structs. Start at {@link
 * org.skep.functions.collection.CollectionFunctions}.
 */
package org.skep.functions.collection;
