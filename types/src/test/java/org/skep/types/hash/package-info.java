/** Tests of hashes. Start at {@link org.skep.types.hash.PartitionHashTest}. */
package org.skep.types.hash;
