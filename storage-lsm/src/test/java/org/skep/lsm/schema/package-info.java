/** Tests of descriptors and names. Start at {@link org.skep.lsm.schema.RegionInfoTest}. */
package org.skep.lsm.schema;
