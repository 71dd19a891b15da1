/**
 * What a store of tables offers the engine: splits to read, filters pushed into the reading,
 * writers and statistics. Start at {@link org.skep.storage.TableFormat}.
 */
package org.skep.storage;
