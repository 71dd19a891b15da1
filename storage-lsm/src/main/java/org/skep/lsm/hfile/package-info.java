/**
 * Store files in HBase's format HFile v3, byte by byte as {@code docs/formats/hfile.md} says:
 * written by {@link org.skep.lsm.hfile.HFileWriter}, read through {@link org.skep.lsm.hfile.HFile}.
 * Start at these two.
 */
package org.skep.lsm.hfile;
