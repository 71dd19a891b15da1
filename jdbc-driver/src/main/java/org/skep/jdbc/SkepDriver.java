package org.skep.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;

/**
 * The driver for {@code jdbc:skep:} URLs. {@code jdbc:skep:/path} opens the warehouse in that
 * directory in this process; all connections to one directory share it. {@code
 * jdbc:skep:/path;database=sales?hive.exec.parallel=true#day=2020-01-01} also names a database,
 * settings and substitution variables.
 *
 * <p>Thread-safe. Connections are thread-safe; statements and results belong to one thread at a
 * time, except for what {@link SkepStatement} says.
 */
public final class SkepDriver implements Driver {
    static final String NAME = "Skep JDBC";
    static final int MAJOR_VERSION = 0;
    static final int MINOR_VERSION = 1;

    static {
        try {
            DriverManager.registerDriver(new SkepDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Transport transport;

    /** A driver; applications need none of their own, {@link DriverManager} has one. */
    public SkepDriver() {
        this(new DirectTransport());
    }

    SkepDriver(Transport transport) {
        this.transport = transport;
    }

    /** A connection, or null if the URL is for another driver. */
    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        return SkepConnection.open(JdbcUrl.parse(url, info), transport);
    }

    @Override
    public boolean acceptsURL(String url) {
        return JdbcUrl.accepts(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
        JdbcUrl parsed = JdbcUrl.parse(acceptsURL(url) ? url : JdbcUrl.PREFIX + "-", info);
        return new DriverPropertyInfo[] {
            property(
                    JdbcUrl.DATABASE, parsed.database().orElse("default"), "Database to use first"),
            property(JdbcUrl.USER, parsed.user(), "Name of the user"),
            property(JdbcUrl.PASSWORD, parsed.password(), "Password of the user"),
            property(
                    JdbcUrl.FETCH_SIZE,
                    parsed.fetchSize().map(String::valueOf).orElse(null),
                    "Rows a fetch; without it the service chooses"),
        };
    }

    private static DriverPropertyInfo property(String name, String value, String description) {
        DriverPropertyInfo info = new DriverPropertyInfo(name, value);
        info.description = description;
        return info;
    }

    @Override
    public int getMajorVersion() {
        return MAJOR_VERSION;
    }

    @Override
    public int getMinorVersion() {
        return MINOR_VERSION;
    }

    /** False: transactions span one statement, so the driver cannot pass the compliance tests. */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.skep.jdbc");
    }
}
