package org.skep.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skep.rpc.HiveServiceException;
import org.skep.rpc.rows.IntColumn;
import org.skep.rpc.rows.StringColumn;
import org.skep.rpc.schema.TableSchema;
import org.skep.rpc.schema.TypeId;

class ResultSetTest {
    private FakeWarehouse warehouse;

    @BeforeEach
    void open() throws SQLException {
        warehouse = new FakeWarehouse();
    }

    @AfterEach
    void close() throws SQLException {
        warehouse.close();
    }

    private static Reply numbers() {
        return Reply.column("n", TypeId.INT, IntColumn.of(List.of(1, 2)))
                .block(IntColumn.of(List.of(3)))
                .block(IntColumn.of(List.of(4, 5)));
    }

    @Test
    void goesThroughAllBlocks() throws SQLException {
        try (ResultSet rows = warehouse.query(numbers())) {
            assertThat(rows.isBeforeFirst()).isTrue();
            for (int expected = 1; expected <= 5; expected++) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getRow()).isEqualTo(expected);
                assertThat(rows.isFirst()).isEqualTo(expected == 1);
                assertThat(rows.getInt("n")).isEqualTo(expected);
            }
            assertThat(rows.isAfterLast()).isFalse();
            assertThat(rows.next()).isFalse();
            assertThat(rows.next()).isFalse();
            assertThat(rows.isAfterLast()).isTrue();
            assertThat(rows.getRow()).isZero();
        }
    }

    @Test
    void anEmptyResultHasColumnsAndNoRows() throws SQLException {
        Reply empty = Reply.result(TableSchema.builder().add("a", TypeId.DATE).build());
        try (ResultSet rows = warehouse.query(empty)) {
            assertThat(rows.isBeforeFirst()).isFalse();
            assertThat(rows.getMetaData().getColumnCount()).isEqualTo(1);
            assertThat(rows.next()).isFalse();
            assertThat(rows.isAfterLast()).isFalse();
            assertThatThrownBy(() -> rows.getString(1)).hasMessage("Result set has no more rows");
        }
    }

    @Test
    void maxRowsEndsTheResultInTheMiddleOfABlock() throws SQLException {
        Statement statement = warehouse.statement(numbers());
        statement.setMaxRows(4);
        statement.setFetchSize(3);
        ResultSet rows = statement.executeQuery(FakeWarehouse.SQL);
        int count = 0;
        while (rows.next()) {
            count++;
            assertThat(rows.getInt(1)).isEqualTo(count);
        }
        assertThat(count).isEqualTo(4);
        assertThat(warehouse.service().fetchSizes()).containsExactly(3L, 2L, 1L);
    }

    @Test
    void theServicesFetchSizeIsTheDefault() throws SQLException {
        Statement statement = warehouse.statement(numbers());
        assertThat(statement.getFetchSize()).isEqualTo(500);
        statement.setFetchSize(9);
        ResultSet rows = statement.executeQuery(FakeWarehouse.SQL);
        rows.next();
        assertThat(warehouse.service().fetchSizes()).containsExactly(9L);
        rows.setFetchSize(11);
        assertThat(rows.getFetchSize()).isEqualTo(11);
        statement.setFetchSize(0);
        assertThat(statement.getFetchSize()).isEqualTo(500);
    }

    @Test
    void findsColumnsByLabelWhateverTheCase() throws SQLException {
        Reply reply =
                Reply.result(
                                TableSchema.builder()
                                        .add("t.a", TypeId.STRING)
                                        .add("T.B", TypeId.STRING)
                                        .add("a", TypeId.STRING)
                                        .add("u.b", TypeId.STRING)
                                        .build())
                        .block(
                                StringColumn.of("1"),
                                StringColumn.of("2"),
                                StringColumn.of("3"),
                                StringColumn.of("4"));
        ResultSet rows = warehouse.query(reply);
        rows.next();
        assertThat(rows.findColumn("t.a")).isEqualTo(1);
        assertThat(rows.findColumn("T.A")).isEqualTo(1);
        assertThat(rows.findColumn("A")).isEqualTo(3);
        assertThat(rows.findColumn("b")).isEqualTo(2);
        assertThat(rows.getString("u.B")).isEqualTo("4");
        assertThatThrownBy(() -> rows.getString("c"))
                .hasMessage("Column not found: c")
                .extracting("SQLState")
                .isEqualTo("42S22");
        assertThatThrownBy(() -> rows.findColumn(null)).hasMessage("Column not found: null");
    }

    @Test
    void wrongPlacesAreErrors() throws SQLException {
        ResultSet rows = warehouse.query(numbers());
        assertThatThrownBy(() -> rows.getInt(1)).hasMessage("Result set is before its first row");
        rows.next();
        assertThatThrownBy(() -> rows.getInt(0)).hasMessage("Column index must be from 1 to 1: 0");
        assertThatThrownBy(() -> rows.getInt(2))
                .hasMessage("Column index must be from 1 to 1: 2")
                .extracting("SQLState")
                .isEqualTo("07009");
    }

    @Test
    void aClosedResultAnswersNothing() throws SQLException {
        ResultSet rows = warehouse.query(numbers());
        rows.next();
        rows.close();
        rows.close();
        assertThat(rows.isClosed()).isTrue();
        assertThat(warehouse.service().openOperations()).isZero();
        assertThatThrownBy(rows::next).hasMessage("Result set is closed");
        assertThatThrownBy(() -> rows.getInt(1)).hasMessage("Result set is closed");
        assertThatThrownBy(rows::getMetaData).hasMessage("Result set is closed");
        assertThatThrownBy(rows::wasNull).hasMessage("Result set is closed");
        assertThatThrownBy(() -> rows.findColumn("n")).hasMessage("Result set is closed");
    }

    @Test
    void aFailureWhileFetchingIsTheServices() throws SQLException {
        ResultSet rows =
                warehouse.query(
                        Reply.column("n", TypeId.INT, IntColumn.of(List.of(1)))
                                .fetchFailure(
                                        new HiveServiceException(
                                                "Disk is on fire", "58030", 50100)));
        assertThat(rows.next()).isTrue();
        assertThatThrownBy(rows::next)
                .hasMessage("Disk is on fire")
                .extracting("SQLState", "errorCode")
                .containsExactly("58030", 50100);
    }

    @Test
    void aResultWithTooFewColumnsIsNoticed() throws SQLException {
        Reply reply =
                Reply.result(
                                TableSchema.builder()
                                        .add("a", TypeId.INT)
                                        .add("b", TypeId.INT)
                                        .build())
                        .block(IntColumn.of(List.of(1)));
        ResultSet rows = warehouse.query(reply);
        assertThatThrownBy(rows::next).hasMessage("Rows must have 2 columns: 1");
    }

    @Test
    void movingBackAndChangingAreNotSupported() throws SQLException {
        ResultSet rows = warehouse.query(numbers());
        rows.next();
        assertThatThrownBy(rows::previous).isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(() -> rows.absolute(1))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(rows::isLast).isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(() -> rows.updateInt(1, 2))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessage("Changing rows through a result set is not supported");
        assertThatThrownBy(rows::deleteRow).isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(() -> rows.getBlob(1))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessage("Method not supported: ResultSet.getBlob");
        assertThatThrownBy(() -> rows.getObject(1, Map.of("int", String.class)))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(() -> rows.setFetchDirection(ResultSet.FETCH_REVERSE))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThat(rows.getType()).isEqualTo(ResultSet.TYPE_FORWARD_ONLY);
        assertThat(rows.getConcurrency()).isEqualTo(ResultSet.CONCUR_READ_ONLY);
        assertThat(rows.getHoldability()).isEqualTo(ResultSet.HOLD_CURSORS_OVER_COMMIT);
        assertThat(rows.rowUpdated() || rows.rowInserted() || rows.rowDeleted()).isFalse();
        assertThat(rows.getStatement().getConnection()).isSameAs(warehouse.connection());
    }
}
