package org.skep.planner;

/** The tables of TPC-H at scale factor 1, as far as planning looks at them. Stateless. */
final class Tpch {
    private Tpch() {}

    static FakeEnvironment environment() {
        return new FakeEnvironment()
                .table(
                        "lineitem",
                        6_001_215,
                        "l_orderkey bigint 1500000",
                        "l_partkey bigint 200000",
                        "l_suppkey bigint 10000",
                        "l_linenumber int 7",
                        "l_quantity decimal(15,2) 50",
                        "l_extendedprice decimal(15,2) 933900",
                        "l_discount decimal(15,2) 11",
                        "l_tax decimal(15,2) 9",
                        "l_returnflag string 3",
                        "l_linestatus string 2",
                        "l_shipdate date 2526",
                        "l_commitdate date 2466",
                        "l_receiptdate date 2554",
                        "l_shipinstruct string 4",
                        "l_shipmode string 7",
                        "l_comment string")
                .table(
                        "orders",
                        1_500_000,
                        "o_orderkey bigint 1500000",
                        "o_custkey bigint 99996",
                        "o_orderstatus string 3",
                        "o_totalprice decimal(15,2)",
                        "o_orderdate date 2406",
                        "o_orderpriority string 5",
                        "o_clerk string",
                        "o_shippriority int 1",
                        "o_comment string")
                .table(
                        "customer",
                        150_000,
                        "c_custkey bigint 150000",
                        "c_name string",
                        "c_address string",
                        "c_nationkey int 25",
                        "c_phone string",
                        "c_acctbal decimal(15,2)",
                        "c_mktsegment string 5",
                        "c_comment string")
                .table(
                        "part",
                        200_000,
                        "p_partkey bigint 200000",
                        "p_name string",
                        "p_mfgr string 5",
                        "p_brand string 25",
                        "p_type string 150",
                        "p_size int 50",
                        "p_container string 40",
                        "p_retailprice decimal(15,2)",
                        "p_comment string")
                .table(
                        "partsupp",
                        800_000,
                        "ps_partkey bigint 200000",
                        "ps_suppkey bigint 10000",
                        "ps_availqty int 9999",
                        "ps_supplycost decimal(15,2) 99865",
                        "ps_comment string")
                .table(
                        "supplier",
                        10_000,
                        "s_suppkey bigint 10000",
                        "s_name string",
                        "s_address string",
                        "s_nationkey int 25",
                        "s_phone string",
                        "s_acctbal decimal(15,2)",
                        "s_comment string")
                .table(
                        "nation",
                        25,
                        "n_nationkey int 25",
                        "n_name string 25",
                        "n_regionkey int 5",
                        "n_comment string")
                .table("region", 5, "r_regionkey int 5", "r_name string 5", "r_comment string");
    }
}
