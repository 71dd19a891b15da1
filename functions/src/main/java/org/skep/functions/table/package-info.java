/** Functions that make rows. Start at {@link org.skep.functions.table.TableFunctions}. */
package org.skep.functions.table;
