/**
 * How written files become part of tables, all or nothing, and how readers keep seeing what they
 * began with. Start at {@link org.skep.engine.publish.Publisher}.
 */
package org.skep.engine.publish;
