/**
 * What client metadata calls ask of the catalogue, as plain records. Start at {@link
 * org.skep.engine.metadata.CatalogueMetadata}.
 */
package org.skep.engine.metadata;
