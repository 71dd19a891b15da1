/** Tests of planned faults. Start at {@link org.skep.base.fault.FaultyFileSystemTest}. */
package org.skep.base.fault;
