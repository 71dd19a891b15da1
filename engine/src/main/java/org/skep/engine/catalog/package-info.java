/**
 * How statements see the catalogue: one moment of it, names resolved. Start at {@link
 * org.skep.engine.catalog.CatalogueView}.
 */
package org.skep.engine.catalog;
