package org.skep.tez;

import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tables of TPC-H at scale factor 0.01, generated, and its queries. Stateless. */
final class TpchTables {
    private static final double SCALE = 0.01;
    private static final Path QUERIES = Path.of("../benchmarks/src/main/resources/tpch");

    private TpchTables() {}

    private static Map<String, String> columns() {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("region", "r_regionkey int, r_name string, r_comment string");
        tables.put("nation", "n_nationkey int, n_name string, n_regionkey int, n_comment string");
        tables.put(
                "supplier",
                "s_suppkey bigint, s_name string, s_address string, s_nationkey int,"
                        + " s_phone string, s_acctbal decimal(15,2), s_comment string");
        tables.put(
                "customer",
                "c_custkey bigint, c_name string, c_address string, c_nationkey int,"
                        + " c_phone string, c_acctbal decimal(15,2), c_mktsegment string,"
                        + " c_comment string");
        tables.put(
                "part",
                "p_partkey bigint, p_name string, p_mfgr string, p_brand string, p_type string,"
                        + " p_size int, p_container string, p_retailprice decimal(15,2),"
                        + " p_comment string");
        tables.put(
                "partsupp",
                "ps_partkey bigint, ps_suppkey bigint, ps_availqty int,"
                        + " ps_supplycost decimal(15,2), ps_comment string");
        tables.put(
                "orders",
                "o_orderkey bigint, o_custkey bigint, o_orderstatus string,"
                        + " o_totalprice decimal(15,2), o_orderdate date,"
                        + " o_orderpriority string, o_clerk string, o_shippriority int,"
                        + " o_comment string");
        tables.put(
                "lineitem",
                "l_orderkey bigint, l_partkey bigint, l_suppkey bigint, l_linenumber int,"
                        + " l_quantity decimal(15,2), l_extendedprice decimal(15,2),"
                        + " l_discount decimal(15,2), l_tax decimal(15,2), l_returnflag string,"
                        + " l_linestatus string, l_shipdate date, l_commitdate date,"
                        + " l_receiptdate date, l_shipinstruct string, l_shipmode string,"
                        + " l_comment string");
        return tables;
    }

    /** Makes the tables with a session on threads: texts first, then Parquet from these. */
    static void create(TezFixture fixture, Path directory) throws IOException {
        for (Map.Entry<String, String> table : columns().entrySet()) {
            String name = table.getKey();
            Path texts = Files.createDirectories(directory.resolve(name));
            write(TpchTable.getTable(name), texts.resolve("rows.tbl"));
            fixture.onThreads(
                    "create external table %s_text(%s) row format delimited fields terminated by '|' location '%s'"
                            .formatted(name, table.getValue(), texts));
            fixture.onThreads(
                    "create table %s stored as parquet as select * from %s_text"
                            .formatted(name, name));
        }
    }

    private static <E extends TpchEntity> void write(TpchTable<E> table, Path file)
            throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (E row : table.createGenerator(SCALE, 1, 1)) {
                String line = row.toLine();
                out.write(line.endsWith("|") ? line.substring(0, line.length() - 1) : line);
                out.write('\n');
            }
        }
    }

    /** The text of a query, 1 to 22. */
    static String query(int number) throws IOException {
        return Files.readString(QUERIES.resolve("q%02d.sql".formatted(number)));
    }
}
