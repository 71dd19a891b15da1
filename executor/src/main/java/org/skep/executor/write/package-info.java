/** Writing tables. Start at {@link org.skep.executor.write.TableWriteOperator}. */
package org.skep.executor.write;
