/**
 * What the launcher does to the program's jars. Start at {@link org.skep.dist.UnsignJars}, which it
 * runs from its source.
 */
package org.skep.dist;
