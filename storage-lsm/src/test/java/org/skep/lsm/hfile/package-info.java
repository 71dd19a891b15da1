/**
 * Tests of store files against models and damage. Start at {@link
 * org.skep.lsm.hfile.HFileRoundTripTest}.
 */
package org.skep.lsm.hfile;
