package org.skep.functions.xml;

import java.util.ArrayList;
import java.util.List;
import javax.xml.namespace.QName;
import javax.xml.xpath.XPathConstants;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.call.RowCall;
import org.skep.functions.call.RowKernel;
import org.skep.functions.call.Signature;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ListVector;
import org.w3c.dom.NodeList;

/**
 * The declarations of {@code xpath} and its relatives. NULL for NULL or empty texts; texts that are
 * no XML and paths that are no XPath fail the statement. Stateless.
 */
public final class XmlFunctions {
    private static final String NUMBERS = "'<a><b>1</b><b>2</b></a>', 'sum(a/b)'";
    private static final String TEXT = "'<a><b>x</b></a>', 'a/b'";

    private XmlFunctions() {}

    /** Sets the result of a call from what its path finds, which is not null. */
    private interface Result {
        void give(RowCall call, Object found);
    }

    /** All of them. */
    public static List<ScalarFunction> all() {
        return List.of(
                xpath(),
                declare(
                        "xpath_string",
                        DataType.STRING,
                        "Returns the text contents of the first xml node that matches the xpath"
                                + " expression",
                        TEXT,
                        "'x'",
                        XPathConstants.STRING,
                        (call, found) -> call.returns((String) found)),
                declare(
                        "xpath_boolean",
                        DataType.BOOLEAN,
                        "Evaluates a boolean xpath expression",
                        "'<a><b>1</b></a>', 'a/b = 1'",
                        "TRUE",
                        XPathConstants.BOOLEAN,
                        (call, found) -> call.returns((boolean) found)),
                number(
                        "xpath_short",
                        DataType.SMALLINT,
                        "Returns a short value that matches the xpath expression",
                        "3",
                        (call, found) -> call.returns((long) ((Double) found).shortValue())),
                number(
                        "xpath_int",
                        DataType.INT,
                        "Returns an integer value that matches the xpath expression",
                        "3",
                        (call, found) -> call.returns((long) ((Double) found).intValue())),
                number(
                        "xpath_long",
                        DataType.BIGINT,
                        "Returns a long value that matches the xpath expression",
                        "3L",
                        (call, found) -> call.returns(((Double) found).longValue())),
                number(
                        "xpath_float",
                        DataType.FLOAT,
                        "Returns a float value that matches the xpath expression",
                        "cast(3 as float)",
                        (call, found) -> call.returns((double) ((Double) found).floatValue())),
                number(
                        "xpath_double",
                        DataType.DOUBLE,
                        "Returns a double value that matches the xpath expression",
                        "3.0D",
                        (call, found) -> call.returns((double) found)),
                number(
                        "xpath_number",
                        DataType.DOUBLE,
                        "Returns a double value that matches the xpath expression",
                        "3.0D",
                        (call, found) -> call.returns((double) found)));
    }

    private static ScalarFunction xpath() {
        return declare(
                "xpath",
                new ListType(DataType.STRING),
                "Returns a string array of values within xml nodes that match the xpath expression",
                "'<a><b>b1</b><b>b2</b></a>', 'a/b/text()'",
                "array('b1', 'b2')",
                XPathConstants.NODESET,
                (call, found) -> texts(call, (NodeList) found));
    }

    private static ScalarFunction number(
            String name, DataType type, String description, String example, Result result) {
        return declare(name, type, description, NUMBERS, example, XPathConstants.NUMBER, result);
    }

    private static ScalarFunction declare(
            String name,
            DataType returned,
            String description,
            String arguments,
            String example,
            QName wanted,
            Result result) {
        return ScalarFunction.named(name)
                .boundBy(Signature.of(name, returned, DataType.STRING, DataType.STRING))
                .nullInNullOut()
                .describedAs(name + "(xml, xpath) - " + description)
                .example(name + "(" + arguments + ")", example)
                .example(name + "('', 'a')", "NULL")
                .evaluatedByNew(() -> kernel(wanted, result));
    }

    private static RowKernel kernel(QName wanted, Result result) {
        XPathSearch search = new XPathSearch();
        return new RowKernel(
                call -> {
                    Object found = search.find(call.textAt(0), call.textAt(1), wanted);
                    if (found != null) {
                        result.give(call, found);
                    }
                });
    }

    private static void texts(RowCall call, NodeList nodes) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            String value = nodes.item(i).getNodeValue();
            if (value != null) {
                values.add(value);
            }
        }
        ListVector lists = (ListVector) call.returnsInto();
        int at = lists.append(call.row(), values.size());
        for (int i = 0; i < values.size(); i++) {
            ((BytesVector) lists.elements()).set(at + i, values.get(i));
        }
    }
}
