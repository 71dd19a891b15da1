/**
 * What passes from the tasks of a stage to those of another. Start at {@link
 * org.skep.executor.exchange.Exchange}.
 */
package org.skep.executor.exchange;
