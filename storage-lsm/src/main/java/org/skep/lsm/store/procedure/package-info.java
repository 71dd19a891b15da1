/**
 * Changes of many steps that survive the end of the process between any two of them. Start at
 * {@link org.skep.lsm.store.procedure.ProcedureExecutor}.
 */
package org.skep.lsm.store.procedure;
