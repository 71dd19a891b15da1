/**
 * Tests of the driver against a hand-written service. Start at {@link org.skep.jdbc.FakeService}.
 */
package org.skep.jdbc;
