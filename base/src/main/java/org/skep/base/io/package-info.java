/**
 * Files behind one interface, so that local disks, clusters and faulty disks of tests look alike.
 * Start at {@link org.skep.base.io.FileSystem}.
 */
package org.skep.base.io;
