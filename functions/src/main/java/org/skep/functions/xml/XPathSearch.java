package org.skep.functions.xml;

import java.io.IOException;
import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpression;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Evaluates XPath expressions over XML texts. Nothing outside the text is ever read: no entities,
 * no document types from elsewhere. Confined to one thread.
 */
final class XPathSearch {
    private final DocumentBuilder parser;
    private final XPathFactory paths;
    private String path;
    private XPathExpression expression;

    XPathSearch() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setXIncludeAware(false);
            parser = factory.newDocumentBuilder();
            // Unlike the parser's own, it prints nothing.
            parser.setErrorHandler(
                    new DefaultHandler() {
                        @Override
                        public void fatalError(SAXParseException e) throws SAXException {
                            throw e;
                        }
                    });
            paths = XPathFactory.newDefaultInstance();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("No XML parser with secure processing", e);
        }
    }

    /** What a path finds in a text, or null if either is empty. */
    Object find(String xml, String wanted, QName type) {
        if (xml.isEmpty() || wanted.isEmpty()) {
            return null;
        }
        if (!wanted.equals(path)) {
            expression = compile(wanted);
            path = wanted;
        }
        try {
            return expression.evaluate(parser.parse(new InputSource(new StringReader(xml))), type);
        } catch (SAXException | IOException e) {
            throw new SkepException(
                    ErrorCode.RUNTIME_ERROR, "Text is not XML: " + e.getMessage(), e);
        } catch (XPathExpressionException e) {
            throw notAPath(wanted, e);
        }
    }

    private XPathExpression compile(String wanted) {
        try {
            return paths.newXPath().compile(wanted);
        } catch (XPathExpressionException e) {
            throw notAPath(wanted, e);
        }
    }

    private static SkepException notAPath(String path, XPathExpressionException e) {
        return new SkepException(
                ErrorCode.RUNTIME_ERROR, "Not an XPath expression for this use: " + path, e);
    }
}
