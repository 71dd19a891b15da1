/** Tests of the service's values. Start at {@link org.skep.rpc.ServiceValuesTest}. */
package org.skep.rpc;
