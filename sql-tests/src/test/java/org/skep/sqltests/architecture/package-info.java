/**
 * Rules on which code may know which, checked on the compiled classes of all modules.
 *
 * <p>Start reading at {@link org.skep.sqltests.architecture.ArchitectureTest}.
 */
package org.skep.sqltests.architecture;
