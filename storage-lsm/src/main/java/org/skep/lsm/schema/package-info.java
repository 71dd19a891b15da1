/**
 * What a region table is: its name, its column families and their options, in HBase's words. Start
 * at {@link org.skep.lsm.schema.TableDescriptor}.
 */
package org.skep.lsm.schema;
