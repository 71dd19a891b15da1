/** Tests of what is shipped, as processes. Start at {@link org.skep.dist.LauncherTest}. */
package org.skep.dist;
