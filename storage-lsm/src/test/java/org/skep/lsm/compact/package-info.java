/** Tests of joining files. Start at {@link org.skep.lsm.compact.CompactionPolicyTest}. */
package org.skep.lsm.compact;
