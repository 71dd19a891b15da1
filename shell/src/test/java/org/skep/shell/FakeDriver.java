package org.skep.shell;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;

/** A driver that answers statements as a test prescribes and remembers what it was asked. */
final class FakeDriver implements Driver {
    static final String URL = "jdbc:fake:";

    /** A result, a failure, or neither. */
    record Answer(List<String> columns, List<List<String>> rows, SQLException failure) {
        static Answer rows(List<String> columns, List<List<String>> rows) {
            return new Answer(columns, rows, null);
        }

        static Answer failure(String message) {
            return new Answer(null, null, new SQLException(message, "42000", 1));
        }
    }

    final List<String> statements = new ArrayList<>();
    final Map<String, Answer> answers = new HashMap<>();
    final CountDownLatch hanging = new CountDownLatch(1);
    final CountDownLatch cancelled = new CountDownLatch(1);
    String warning;
    Properties properties;
    boolean closed;

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(URL);
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        if (url.equals(URL + "refused")) {
            throw new SQLException("Data directory is in use: process 42");
        }
        properties = info;
        return fake(
                Connection.class,
                (proxy, method, arguments) ->
                        switch (method.getName()) {
                            case "createStatement" -> statement();
                            case "getSchema" -> "sales";
                            case "close" -> {
                                closed = true;
                                yield null;
                            }
                            default -> throw new UnsupportedOperationException(method.toString());
                        });
    }

    private Statement statement() {
        String[] sql = new String[1];
        return fake(
                Statement.class,
                (proxy, method, arguments) ->
                        switch (method.getName()) {
                            case "execute" -> {
                                sql[0] = (String) arguments[0];
                                yield execute(sql[0]);
                            }
                            case "getResultSet" -> result(answers.get(sql[0]));
                            case "getUpdateCount" -> sql[0].startsWith("insert") ? 2 : 0;
                            case "getWarnings" -> warning == null ? null : new SQLWarning(warning);
                            case "isWrapperFor" -> false;
                            case "cancel" -> {
                                cancelled.countDown();
                                yield null;
                            }
                            case "close" -> null;
                            default -> throw new UnsupportedOperationException(method.toString());
                        });
    }

    private boolean execute(String sql) throws SQLException, InterruptedException {
        statements.add(sql);
        if (sql.equals("hang")) {
            hanging.countDown();
            cancelled.await();
            throw new SQLException("Statement cancelled", "57014", 50040);
        }
        Answer answer = answers.get(sql);
        if (answer != null && answer.failure() != null) {
            throw answer.failure();
        }
        return answer != null;
    }

    private static ResultSet result(Answer answer) {
        int[] row = {-1};
        ResultSetMetaData metadata =
                fake(
                        ResultSetMetaData.class,
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "getColumnCount" -> answer.columns().size();
                                    case "getColumnLabel" ->
                                            answer.columns().get((int) arguments[0] - 1);
                                    case "getColumnType" ->
                                            answer.columns().get((int) arguments[0] - 1).equals("n")
                                                    ? Types.INTEGER
                                                    : Types.VARCHAR;
                                    default ->
                                            throw new UnsupportedOperationException(
                                                    method.toString());
                                });
        return fake(
                ResultSet.class,
                (proxy, method, arguments) ->
                        switch (method.getName()) {
                            case "getMetaData" -> metadata;
                            case "next" -> ++row[0] < answer.rows().size();
                            case "getString" ->
                                    answer.rows().get(row[0]).get((int) arguments[0] - 1);
                            case "close" -> null;
                            default -> throw new UnsupportedOperationException(method.toString());
                        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(
                        FakeDriver.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("fake");
    }
}
