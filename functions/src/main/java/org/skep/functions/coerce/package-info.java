/**
 * Which types Hive finds for expressions, and which conversions it makes without being asked. Start
 * at {@link org.skep.functions.coerce.TypeRules}.
 */
package org.skep.functions.coerce;
