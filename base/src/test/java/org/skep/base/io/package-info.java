/** Tests of files on the machine's own disks. Start at {@link LocalFileSystemTest}. */
package org.skep.base.io;
