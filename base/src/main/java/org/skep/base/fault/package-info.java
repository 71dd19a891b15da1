/** Planted faults for tests: {@link org.skep.base.fault.Crash}. */
package org.skep.base.fault;
