/**
 * One task of a query as it runs in a process of its own: from bytes, to bytes. Start at {@link
 * org.skep.executor.fragment.FragmentTask}.
 */
package org.skep.executor.fragment;
