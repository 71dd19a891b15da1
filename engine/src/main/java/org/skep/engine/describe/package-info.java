/**
 * The exact layouts of SHOW and DESCRIBE, which tools parse. Start at {@link
 * org.skep.engine.describe.TableDescription}.
 */
package org.skep.engine.describe;
