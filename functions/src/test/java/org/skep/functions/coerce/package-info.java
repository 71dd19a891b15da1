/** Tests of the typing rules. Start at {@link org.skep.functions.coerce.TypeRulesTest}. */
package org.skep.functions.coerce;
