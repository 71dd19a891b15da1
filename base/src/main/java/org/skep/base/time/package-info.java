/** Time, replaceable in tests: {@link org.skep.base.time.Clock}. */
package org.skep.base.time;
