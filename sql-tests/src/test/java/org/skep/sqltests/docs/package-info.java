/**
 * Holds the documentation to what is there. Start at {@link
 * org.skep.sqltests.docs.DocumentationTest}.
 */
package org.skep.sqltests.docs;
