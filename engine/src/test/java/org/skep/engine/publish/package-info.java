/** Tests of publishing without SQL. Start at {@link org.skep.engine.publish.PublisherTest}. */
package org.skep.engine.publish;
