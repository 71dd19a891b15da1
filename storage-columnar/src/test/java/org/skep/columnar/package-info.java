/** Checks the names of formats. Start at {@link org.skep.columnar.HiveStorageNamesTest}. */
package org.skep.columnar;
