/**
 * Tests of whole queries on hand-made plans. Start at {@link org.skep.executor.local.QueryFixture}.
 */
package org.skep.executor.local;
