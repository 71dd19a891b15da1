/** Threads and cancelling. Start at {@link org.skep.base.concurrent.NamedThreads}. */
package org.skep.base.concurrent;
