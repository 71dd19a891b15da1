package org.skep.metastore;

/**
 * The query of a view. Immutable.
 *
 * @param originalText as the user wrote it
 * @param expandedText with all names qualified and stars expanded
 */
public record ViewDefinition(String originalText, String expandedText) {}
