/**
 * Batches as bytes, for exchanges and spilled rows. Start at {@link
 * org.skep.types.page.PageWriter}; the specification is in docs/formats/page.md.
 */
package org.skep.types.page;
