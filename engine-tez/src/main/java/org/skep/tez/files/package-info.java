/**
 * Hadoop's file systems, HDFS above all, behind Skep's. Start at {@link
 * org.skep.tez.files.HadoopFileSystems}.
 */
package org.skep.tez.files;
