package org.skep.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Arrays;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.skep.rpc.HiveServiceException;
import org.skep.rpc.SessionKeys;

class SkepDriverTest {
    @Test
    void theDriverManagerFindsDriverAndEngine() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("skep.memory", "64m");
        try (Connection connection =
                        DriverManager.getConnection("jdbc:skep:/some/where;db=d", properties);
                ResultSet rows = connection.createStatement().executeQuery("select 1")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
        assertThat(FakeProvider.lastPath()).isEqualTo("/some/where");
        assertThat(FakeProvider.lastProperties()).containsEntry("skep.memory", "64m");
    }

    @Test
    void otherUrlsAreForOtherDrivers() throws SQLException {
        SkepDriver driver = new SkepDriver();
        assertThat(driver.acceptsURL("jdbc:skep:x")).isTrue();
        assertThat(driver.acceptsURL("jdbc:hive2://localhost:10000")).isFalse();
        assertThat(driver.acceptsURL(null)).isFalse();
        assertThat(driver.connect("jdbc:hive2://localhost:10000", new Properties())).isNull();
        assertThat(driver.jdbcCompliant()).isFalse();
        assertThat(driver.getMajorVersion()).isZero();
        assertThat(driver.getMinorVersion()).isEqualTo(1);
    }

    @Test
    void serversAreRefusedInWords() {
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:skep://db1:10000/x"))
                .hasMessage("Connecting to a server is not supported yet: jdbc:skep://db1:10000/x")
                .extracting("SQLState")
                .isEqualTo("0A000");
    }

    @Test
    void theProvidersRefusalReachesTheCaller() {
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:skep:/owned"))
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasMessage("Warehouse is in use by process 7: /owned")
                .extracting("SQLState", "errorCode")
                .containsExactly("08004", 7);
    }

    @Test
    void theServiceIsClosedWhenNoSessionOpens() {
        FakeService service =
                new FakeService().failsToOpen(new HiveServiceException("Who are you", "28000", 0));
        assertThatThrownBy(
                        () ->
                                new SkepDriver(url -> service)
                                        .connect("jdbc:skep:/x", new Properties()))
                .isInstanceOf(SQLInvalidAuthorizationSpecException.class)
                .hasMessage("Who are you");
        assertThat(service.isClosed()).isTrue();
    }

    @Test
    void theSessionGetsWhatTheUrlSays() throws SQLException {
        try (FakeWarehouse warehouse =
                new FakeWarehouse("jdbc:skep:/x;db=sales;user=ann;password=p?hive.k=v#day=1")) {
            assertThat(warehouse.service().opened().user()).isEqualTo("ann");
            assertThat(warehouse.service().opened().password()).isEqualTo("p");
            assertThat(warehouse.service().opened().configuration())
                    .containsEntry("set:hiveconf:hive.k", "v")
                    .containsEntry("set:hivevar:day", "1")
                    .containsEntry("use:database", "sales")
                    .containsEntry(SessionKeys.ERROR_TEXT, SessionKeys.SHORT_ERRORS);
        }
    }

    @Test
    void propertyInfoNamesTheOptions() throws SQLException {
        DriverPropertyInfo[] infos =
                new SkepDriver().getPropertyInfo("jdbc:skep:/x;db=d", new Properties());
        assertThat(Arrays.stream(infos).map(info -> info.name + "=" + info.value))
                .containsExactly("database=d", "user=", "password=", "fetchSize=null");
    }

    @Test
    void aDataSourceOpensConnections() throws SQLException {
        FakeService service = new FakeService();
        DataSource source = new SkepDataSource("jdbc:skep:/x", new SkepDriver(url -> service));
        try (Connection connection = source.getConnection("bob", "pw")) {
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThat(service.opened().user()).isEqualTo("bob");
        assertThat(service.opened().password()).isEqualTo("pw");
        assertThat(service.isClosed()).isTrue();
        assertThatThrownBy(() -> new SkepDataSource("jdbc:other:x").getConnection())
                .hasMessage("URL must begin with jdbc:skep:: jdbc:other:x");
    }

    @Test
    void optionalCallsOfAServiceAreRefusedUnlessItHasThem() {
        FakeService service = new FakeService();
        assertThatThrownBy(() -> service.getDelegationToken(null, "a", "b"))
                .isInstanceOf(HiveServiceException.class)
                .hasMessage("Delegation by token is not supported");
        assertThatThrownBy(() -> service.renewDelegationToken(null, "t"))
                .isInstanceOf(HiveServiceException.class);
        assertThatThrownBy(() -> service.cancelDelegationToken(null, "t"))
                .isInstanceOf(HiveServiceException.class);
        assertThatThrownBy(() -> service.uploadData(null, null))
                .hasMessage("Upload of data is not supported");
        assertThatThrownBy(() -> service.downloadData(null, null))
                .hasMessage("Download of data is not supported");
    }
}
