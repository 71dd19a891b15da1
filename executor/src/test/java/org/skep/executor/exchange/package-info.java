/**
 * Tests of what passes between stages. Start at {@link org.skep.executor.exchange.PageInboxTest}.
 */
package org.skep.executor.exchange;
