/**
 * Hashing of vectors: the fixed function that says which task a row goes to. Start at {@link
 * org.skep.types.hash.PartitionHash}.
 */
package org.skep.types.hash;
