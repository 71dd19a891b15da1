/**
 * What statements of a session share and what each has of its own. Start at {@link
 * org.skep.engine.session.StatementContext}.
 */
package org.skep.engine.session;
