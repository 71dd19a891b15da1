package org.skep.engine.settings;

import java.util.List;
import org.skep.base.config.ConfigKey;

/** Settings under Hive's names that the engine itself does not read, with Hive's defaults. */
final class HiveKeys {
    private static final String NO_EFFECT = "Accepted for Hive's sake; has no effect here.";

    private HiveKeys() {}

    static List<ConfigKey<?>> all() {
        return List.of(
                ConfigKey.bool(
                        "hive.groupby.position.alias",
                        false,
                        "Whether a number in GROUP BY names a column of the select list."),
                ConfigKey.bool(
                        "hive.orderby.position.alias",
                        true,
                        "Whether a number in ORDER BY names a column of the select list."),
                ConfigKey.text(
                        "hive.support.quoted.identifiers",
                        "column",
                        "What backquotes mean: column is any name."),
                ConfigKey.bool(
                        "hive.default.nulls.last",
                        true,
                        "Whether NULLs come last where ORDER BY is ascending and does not say."),
                ConfigKey.bool(
                        "hive.strict.checks.type.safety",
                        true,
                        "Whether comparisons that lose digits are refused."),
                ConfigKey.bool(
                        "hive.strict.checks.cartesian.product",
                        false,
                        "Whether joins without a condition are refused."),
                ConfigKey.bool(
                        "hive.strict.checks.bucketing",
                        true,
                        "Whether LOAD into bucketed tables is refused."),
                ConfigKey.bool(
                        "hive.strict.checks.large.query",
                        false,
                        "Whether ORDER BY without LIMIT and scans without partition filter are refused."),
                ConfigKey.bool(
                        "hive.strict.checks.orderby.no.limit",
                        false,
                        "Whether ORDER BY without LIMIT is refused."),
                ConfigKey.bool(
                        "hive.strict.checks.no.partition.filter",
                        false,
                        "Whether scans without partition filter are refused."),
                ConfigKey.bool(
                        "hive.strict.timestamp.conversion",
                        true,
                        "Whether casts between numbers and timestamps are refused."),
                ConfigKey.bool(
                        "hive.metastore.disallow.incompatible.col.type.changes",
                        true,
                        "Whether ALTER TABLE refuses types that cannot hold all old values."),
                ConfigKey.bool("hive.create.as.acid", false, NO_EFFECT),
                ConfigKey.bool("hive.create.as.insert.only", false, NO_EFFECT),
                ConfigKey.bool("hive.cli.print.header", false, "Read by the shell."),
                ConfigKey.bool("hive.cli.print.current.db", false, "Read by the shell."),
                ConfigKey.text("hive.fetch.task.conversion", "more", NO_EFFECT),
                ConfigKey.bool("hive.vectorized.execution.enabled", true, NO_EFFECT),
                ConfigKey.bool("hive.cbo.enable", true, NO_EFFECT),
                ConfigKey.number(
                        "hive.server2.thrift.resultset.default.fetch.size",
                        1000,
                        "Rows that a client fetches at once."),
                ConfigKey.bool("hive.support.concurrency", false, NO_EFFECT),
                ConfigKey.text(
                        "hive.txn.manager",
                        "org.apache.hadoop.hive.ql.lockmgr.DummyTxnManager",
                        NO_EFFECT),
                ConfigKey.bool("hive.exec.schema.evolution", true, NO_EFFECT),
                ConfigKey.bool("hive.materializedview.rewriting", true, NO_EFFECT),
                ConfigKey.bool("hive.query.results.cache.enabled", true, NO_EFFECT),
                ConfigKey.bool("hive.compute.query.using.stats", true, NO_EFFECT),
                ConfigKey.bool("hive.stats.autogather", true, NO_EFFECT),
                ConfigKey.bool("hive.stats.column.autogather", true, NO_EFFECT),
                ConfigKey.bool("hive.stats.fetch.column.stats", true, NO_EFFECT),
                ConfigKey.bool("hive.explain.user", false, NO_EFFECT),
                ConfigKey.bool("hive.auto.convert.join", true, NO_EFFECT),
                ConfigKey.bool("hive.auto.convert.join.noconditionaltask", true, NO_EFFECT),
                ConfigKey.bytes(
                        "hive.auto.convert.join.noconditionaltask.size", 10_000_000, NO_EFFECT),
                ConfigKey.bool("hive.merge.mapfiles", true, NO_EFFECT),
                ConfigKey.bool("hive.merge.mapredfiles", false, NO_EFFECT),
                ConfigKey.bool("hive.merge.tezfiles", false, NO_EFFECT),
                ConfigKey.bool("hive.map.aggr", true, NO_EFFECT),
                ConfigKey.bool("hive.optimize.bucketmapjoin", true, NO_EFFECT),
                ConfigKey.bool("hive.optimize.index.filter", true, NO_EFFECT),
                ConfigKey.bool("hive.optimize.ppd", true, NO_EFFECT),
                ConfigKey.bool("hive.llap.io.enabled", false, NO_EFFECT),
                ConfigKey.number("hive.exec.reducers.max", 1009, NO_EFFECT),
                ConfigKey.bytes("hive.exec.reducers.bytes.per.reducer", 256_000_000, NO_EFFECT),
                ConfigKey.bool("hive.groupby.skewindata", false, NO_EFFECT),
                ConfigKey.bool("hive.auto.convert.sortmerge.join", true, NO_EFFECT),
                ConfigKey.bool("hive.exec.parallel", false, NO_EFFECT),
                ConfigKey.bool("hive.exec.compress.output", false, NO_EFFECT),
                ConfigKey.number("hive.exec.max.dynamic.partitions", 1000, NO_EFFECT),
                ConfigKey.number("hive.exec.max.dynamic.partitions.pernode", 100, NO_EFFECT),
                ConfigKey.text(
                        "hive.input.format",
                        "org.apache.hadoop.hive.ql.io.CombineHiveInputFormat",
                        NO_EFFECT),
                ConfigKey.text(
                        "hive.datetime.formatter",
                        "DATETIME",
                        "Which pattern letters date functions read."),
                ConfigKey.bool("hive.lazysimple.extended_boolean_literal", false, NO_EFFECT),
                ConfigKey.bool("hive.test.mode", false, NO_EFFECT));
    }
}
