/**
 * Tests of looking functions up. Start at {@link
 * org.skep.functions.catalogue.FunctionCatalogueTest}.
 */
package org.skep.functions.catalogue;
