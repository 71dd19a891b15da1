package org.skep.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Connections to one URL, for pools and containers. Thread-safe. */
public final class SkepDataSource extends JdbcObject implements DataSource {
    private final SkepDriver driver;
    private final String url;
    private volatile int loginTimeout;
    private volatile PrintWriter logWriter;

    /** Connections to that URL; a URL of another driver fails when a connection is asked for. */
    public SkepDataSource(String url) {
        this(url, new SkepDriver());
    }

    SkepDataSource(String url, SkepDriver driver) {
        this.url = url;
        this.driver = driver;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connect(new Properties());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty(JdbcUrl.USER, user);
        }
        if (password != null) {
            properties.setProperty(JdbcUrl.PASSWORD, password);
        }
        return connect(properties);
    }

    private Connection connect(Properties properties) throws SQLException {
        Connection connection = driver.connect(url, properties);
        if (connection == null) {
            throw new SQLException(
                    "URL must begin with " + JdbcUrl.PREFIX + ": " + url, SqlState.CANNOT_CONNECT);
        }
        return connection;
    }

    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public void setLogWriter(PrintWriter writer) {
        logWriter = writer;
    }

    /** Kept for the caller; opening a warehouse in this process is not cut short. */
    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeout = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeout;
    }

    @Override
    public Logger getParentLogger() {
        return driver.getParentLogger();
    }
}
