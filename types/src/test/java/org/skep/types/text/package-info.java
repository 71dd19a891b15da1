/**
 * Checks values as text against Hive's measured results and against the JDK. Start at {@link
 * org.skep.types.text.ValueTextTest}.
 */
package org.skep.types.text;
