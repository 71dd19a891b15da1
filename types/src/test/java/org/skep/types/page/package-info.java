/** Tests of pages. Start at {@link org.skep.types.page.PageTest}. */
package org.skep.types.page;
