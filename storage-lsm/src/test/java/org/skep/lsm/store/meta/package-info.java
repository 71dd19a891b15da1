/** Tests of meta rows and formats. Start at {@link org.skep.lsm.store.meta.MetaTableTest}. */
package org.skep.lsm.store.meta;
