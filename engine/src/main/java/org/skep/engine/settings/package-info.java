/**
 * The settings of a session: what is declared, what was set, and variables. Start at {@link
 * org.skep.engine.settings.SettingKeys}.
 */
package org.skep.engine.settings;
