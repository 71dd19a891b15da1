/** Plans queries and runs them. Start at {@link org.skep.engine.query.QueryRunner}. */
package org.skep.engine.query;
