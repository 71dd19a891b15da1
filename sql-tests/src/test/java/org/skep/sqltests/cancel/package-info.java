/**
 * How soon statements end that are cancelled. Start at {@link org.skep.sqltests.cancel.CancelTest}.
 */
package org.skep.sqltests.cancel;
