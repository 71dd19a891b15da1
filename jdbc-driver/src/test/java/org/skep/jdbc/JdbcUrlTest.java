package org.skep.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class JdbcUrlTest {
    private static JdbcUrl parse(String url) throws SQLException {
        return JdbcUrl.parse(url, new Properties());
    }

    @Test
    void readsAbsoluteAndRelativePaths() throws SQLException {
        assertThat(parse("jdbc:skep:/data/wh").path()).isEqualTo("/data/wh");
        assertThat(parse("jdbc:skep:/data/wh/").path()).isEqualTo("/data/wh");
        assertThat(parse("jdbc:skep:relative/dir").path()).isEqualTo("relative/dir");
        assertThat(parse("jdbc:skep:///data/wh").path()).isEqualTo("/data/wh");
        assertThat(parse("jdbc:skep:/").path()).isEqualTo("/");
        assertThat(parse("jdbc:skep:./with space").path()).isEqualTo("./with space");
    }

    @Test
    void readsOptionsSettingsAndVariables() throws SQLException {
        JdbcUrl url =
                parse(
                        "jdbc:skep:/wh/;db=sales;user=ann;password=x=y;fetchSize=7"
                                + "?hive.a=1;hive.b=2#day=2020-01-01;n=");
        assertThat(url.path()).isEqualTo("/wh");
        assertThat(url.database()).contains("sales");
        assertThat(url.user()).isEqualTo("ann");
        assertThat(url.password()).isEqualTo("x=y");
        assertThat(url.fetchSize()).contains(7);
        assertThat(url.settings()).isEqualTo(Map.of("hive.a", "1", "hive.b", "2"));
        assertThat(url.variables()).isEqualTo(Map.of("day", "2020-01-01", "n", ""));
    }

    @Test
    void optionsNeedNoSlashBeforeThem() throws SQLException {
        assertThat(parse("jdbc:skep:/path;database=x").database()).contains("x");
        assertThat(parse("jdbc:skep:/path#v=1").variables()).isEqualTo(Map.of("v", "1"));
        assertThat(parse("jdbc:skep:/path;").database()).isEmpty();
    }

    @Test
    void theUrlGoesBeforeTheProperties() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("db", "p");
        properties.setProperty("user", "p");
        properties.setProperty("hiveconf:hive.a", "p");
        properties.setProperty("hiveconf:hive.b", "p");
        properties.setProperty("hivevar:v", "p");
        JdbcUrl url = JdbcUrl.parse("jdbc:skep:/wh;database=u?hive.a=u", properties);
        assertThat(url.database()).contains("u");
        assertThat(url.user()).isEqualTo("p");
        assertThat(url.settings()).isEqualTo(Map.of("hive.a", "u", "hive.b", "p"));
        assertThat(url.variables()).isEqualTo(Map.of("v", "p"));
    }

    @Test
    void thePasswordStaysWithTheDriver() throws SQLException {
        JdbcUrl url = parse("jdbc:skep:/wh;user=ann;password=secret;skep.memory=1g?a=b");
        assertThat(url.toString()).isEqualTo("jdbc:skep:/wh;user=ann;skep.memory=1g?a=b");
        assertThat(url.warehouseProperties())
                .containsEntry("skep.memory", "1g")
                .containsEntry("user", "ann")
                .doesNotContainKey("password");
    }

    @Test
    void refusesWhatIsNotPossible() {
        assertThatThrownBy(() -> parse("jdbc:skep://host:10000/default;user=x"))
                .isInstanceOf(SQLException.class)
                .hasMessage(
                        "Connecting to a server is not supported yet:"
                                + " jdbc:skep://host:10000/default");
        assertThatThrownBy(() -> parse("jdbc:skep:"))
                .hasMessageStartingWith("URL must name a directory");
        assertThatThrownBy(() -> parse("jdbc:skep:;db=x"))
                .hasMessageStartingWith("URL must name a directory");
        assertThatThrownBy(() -> parse("jdbc:skep:/wh;verbose"))
                .hasMessage("URL must have key=value after ;: verbose");
        assertThatThrownBy(() -> parse("jdbc:skep:/wh?=1"))
                .hasMessage("URL must have key=value after ?: =1");
        assertThatThrownBy(() -> parse("jdbc:skep:/wh;fetchSize=0").fetchSize())
                .hasMessage("fetchSize must be a positive number: 0");
        assertThatThrownBy(() -> parse("jdbc:skep:/wh;fetchSize=many").fetchSize())
                .hasMessage("fetchSize must be a positive number: many");
    }
}
