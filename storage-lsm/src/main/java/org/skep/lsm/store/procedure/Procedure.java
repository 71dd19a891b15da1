package org.skep.lsm.store.procedure;

import java.util.List;
import java.util.SortedSet;
import org.skep.lsm.schema.RegionInfo;

/**
 * A change of several steps. Every step can be run again after it was interrupted anywhere, also by
 * another process: what a step needs is in the payload and in what the steps before it did. Steps
 * before the binding one can be undone; from there on the procedure only goes forward.
 * Implementations are confined to one thread.
 */
public interface Procedure {
    /**
     * A step.
     *
     * @param name lower case, for crash points and for people
     */
    record Step(String name, Runnable work) {}

    /** Which procedure it is; stored. */
    String kind();

    /** What has to be remembered between the steps. */
    byte[] payload();

    /** The steps in their order. */
    List<Step> steps();

    /** The number of the first step that is not undone. */
    int binding();

    /** Takes back what the steps before the binding one did, or what part of them was done. */
    void undo();

    /** What no other procedure may change meanwhile, such as {@code table goods}. */
    SortedSet<String> locks();

    /** The regions that nobody may serve before all steps but the last are done. */
    default List<RegionInfo> closed() {
        return List.of();
    }

    /** What it does to what, for people. */
    String describe();
}
