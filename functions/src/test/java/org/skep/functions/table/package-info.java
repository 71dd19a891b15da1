/**
 * Tests of functions that make rows. Start at {@link org.skep.functions.table.TableFunctionsTest}.
 */
package org.skep.functions.table;
