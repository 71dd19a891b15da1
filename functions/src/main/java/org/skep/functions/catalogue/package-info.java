/** All functions by name. Start at {@link org.skep.functions.catalogue.FunctionCatalogue}. */
package org.skep.functions.catalogue;
