/** Declared settings. Start at {@link org.skep.base.config.ConfigKey}. */
package org.skep.base.config;
