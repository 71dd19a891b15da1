/**
 * The functions that look into XML texts with XPath. Start at {@link
 * org.skep.functions.xml.XmlFunctions}.
 */
package org.skep.functions.xml;
