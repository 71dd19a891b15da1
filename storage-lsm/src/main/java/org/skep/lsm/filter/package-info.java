/**
 * What a scan leaves out: filters with HBase's meanings, over cells where they lie. Start at {@link
 * org.skep.lsm.filter.Filter}.
 */
package org.skep.lsm.filter;
