package org.skep.engine.powercut;

import java.util.StringJoiner;
import org.skep.engine.Session;

/** INSERT OVERWRITE of all 50 partitions of a table with the number of the statement. */
final class Overwrites implements Work {
    static final int PARTITIONS = 50;
    private static final int ROWS = 4;

    @Override
    public String name() {
        return "overwrite";
    }

    @Override
    public void prepare(Session session) {
        Rows.of(session, "create table if not exists numbers (k int, p int)");
        if (Rows.one(session, "select count(*) from numbers").equals("0")) {
            StringJoiner values = new StringJoiner(", ");
            for (int i = 0; i < PARTITIONS * ROWS; i++) {
                values.add("(%d, %d)".formatted(i, i % PARTITIONS));
            }
            Rows.of(session, "insert into numbers values " + values);
        }
        Rows.of(
                session,
                "create table if not exists generations (n bigint, k int)"
                        + " partitioned by (p int) stored as parquet");
        session.set("hive.exec.dynamic.partition.mode", "nonstrict");
    }

    @Override
    public void run(Session session, long number) {
        Rows.of(
                session,
                "insert overwrite table generations partition (p) select %dL, k, p from numbers"
                        .formatted(number));
    }

    @Override
    public String expected(long number) {
        return number == 0
                ? "0 0 0 0 NULL NULL"
                : "%d %d %d 1 %d %d"
                        .formatted(
                                PARTITIONS * ROWS, PARTITIONS * ROWS, PARTITIONS, number, number);
    }

    @Override
    public String describe(Session session) {
        return Rows.one(
                session,
                "select count(*), count(distinct k), count(distinct p), count(distinct n), min(n),"
                        + " max(n) from generations");
    }
}
