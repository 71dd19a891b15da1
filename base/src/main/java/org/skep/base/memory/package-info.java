/** Accounting of memory with hard limits: {@link org.skep.base.memory.MemoryPool}. */
package org.skep.base.memory;
