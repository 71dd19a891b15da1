/** Tests of what clients ask. Start at {@link org.skep.lsm.operation.CheckAndMutateTest}. */
package org.skep.lsm.operation;
