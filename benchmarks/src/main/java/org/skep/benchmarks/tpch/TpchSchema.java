package org.skep.benchmarks.tpch;

import java.util.LinkedHashMap;
import java.util.Map;

/** The eight tables: money as DECIMAL(15,2), dates as DATE. Stateless. */
final class TpchSchema {
    private TpchSchema() {}

    /** Column lists by table, in SQL that both sides read. */
    static Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("region", "r_regionkey int, r_name %s, r_comment %s");
        tables.put("nation", "n_nationkey int, n_name %s, n_regionkey int, n_comment %s");
        tables.put(
                "supplier",
                "s_suppkey bigint, s_name %s, s_address %s, s_nationkey int, s_phone %s, s_acctbal decimal(15,2),"
                        + " s_comment %s");
        tables.put(
                "customer",
                "c_custkey bigint, c_name %s, c_address %s, c_nationkey int, c_phone %s, c_acctbal decimal(15,2),"
                        + " c_mktsegment %s, c_comment %s");
        tables.put(
                "part",
                "p_partkey bigint, p_name %s, p_mfgr %s, p_brand %s, p_type %s, p_size int, p_container %s,"
                        + " p_retailprice decimal(15,2), p_comment %s");
        tables.put(
                "partsupp",
                "ps_partkey bigint, ps_suppkey bigint, ps_availqty int, ps_supplycost decimal(15,2), ps_comment %s");
        tables.put(
                "orders",
                "o_orderkey bigint, o_custkey bigint, o_orderstatus %s, o_totalprice decimal(15,2), o_orderdate date,"
                        + " o_orderpriority %s, o_clerk %s, o_shippriority int, o_comment %s");
        tables.put(
                "lineitem",
                "l_orderkey bigint, l_partkey bigint, l_suppkey bigint, l_linenumber int, l_quantity decimal(15,2),"
                        + " l_extendedprice decimal(15,2), l_discount decimal(15,2), l_tax decimal(15,2),"
                        + " l_returnflag %s, l_linestatus %s, l_shipdate date, l_commitdate date, l_receiptdate date,"
                        + " l_shipinstruct %s, l_shipmode %s, l_comment %s");
        return tables;
    }

    /** A column list with the given name for texts. */
    static String columns(String table, String textType) {
        return tables().get(table).replace("%s", textType);
    }
}
