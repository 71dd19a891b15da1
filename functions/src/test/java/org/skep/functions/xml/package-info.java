/** Tests of looking into XML. Start at {@link org.skep.functions.xml.XPathSearchTest}. */
package org.skep.functions.xml;
