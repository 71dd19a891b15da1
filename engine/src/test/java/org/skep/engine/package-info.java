/**
 * Statements through sessions of a real warehouse. Start at {@link
 * org.skep.engine.WarehouseFixture}.
 */
package org.skep.engine;
