/** Functions over windows. Start at {@link org.skep.executor.window.WindowOperator}. */
package org.skep.executor.window;
