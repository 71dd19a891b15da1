package org.skep.lsmtests.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.hadoop.hbase.client.Scan;
import org.apache.hadoop.hbase.util.Bytes;
import org.apache.hadoop.hbase.util.Pair;
import org.skep.lsm.filter.BinaryComparator;
import org.skep.lsm.filter.BinaryPrefixComparator;
import org.skep.lsm.filter.ByteComparator;
import org.skep.lsm.filter.ColumnCountGetFilter;
import org.skep.lsm.filter.ColumnPaginationFilter;
import org.skep.lsm.filter.ColumnPrefixFilter;
import org.skep.lsm.filter.ColumnRangeFilter;
import org.skep.lsm.filter.ColumnValueFilter;
import org.skep.lsm.filter.CompareOperator;
import org.skep.lsm.filter.DependentColumnFilter;
import org.skep.lsm.filter.FamilyFilter;
import org.skep.lsm.filter.Filter;
import org.skep.lsm.filter.FilterList;
import org.skep.lsm.filter.FirstKeyOnlyFilter;
import org.skep.lsm.filter.FuzzyRowFilter;
import org.skep.lsm.filter.InclusiveStopFilter;
import org.skep.lsm.filter.KeyOnlyFilter;
import org.skep.lsm.filter.MultiRowRangeFilter;
import org.skep.lsm.filter.MultipleColumnPrefixFilter;
import org.skep.lsm.filter.PageFilter;
import org.skep.lsm.filter.PrefixFilter;
import org.skep.lsm.filter.QualifierFilter;
import org.skep.lsm.filter.RegexStringComparator;
import org.skep.lsm.filter.RowFilter;
import org.skep.lsm.filter.RowRange;
import org.skep.lsm.filter.SingleColumnValueExcludeFilter;
import org.skep.lsm.filter.SingleColumnValueFilter;
import org.skep.lsm.filter.SkipFilter;
import org.skep.lsm.filter.SubstringComparator;
import org.skep.lsm.filter.TimestampsFilter;
import org.skep.lsm.filter.ValueFilter;
import org.skep.lsm.filter.WhileMatchFilter;

/**
 * A filter of ours and the same of HBase's. Immutable.
 *
 * @param text how it reads
 * @param ours used by copies
 * @param hbase gives a new one each time
 */
record FilterPair(String text, Filter ours, Supplier<org.apache.hadoop.hbase.filter.Filter> hbase) {
    private static final String[] OPERATORS = {
        "LESS", "LESS_OR_EQUAL", "EQUAL", "NOT_EQUAL", "GREATER_OR_EQUAL", "GREATER"
    };

    @Override
    public String toString() {
        return text;
    }

    /** A comparator of ours and the same of HBase's. */
    private record Comparison(
            String text,
            ByteComparator ours,
            org.apache.hadoop.hbase.filter.ByteArrayComparable hbase) {
        static Comparison random(Random random, String value) {
            return switch (random.nextInt(6)) {
                case 0 ->
                        new Comparison(
                                "prefix " + value,
                                new BinaryPrefixComparator(Bytes.toBytes(value)),
                                new org.apache.hadoop.hbase.filter.BinaryPrefixComparator(
                                        Bytes.toBytes(value)));
                case 1 ->
                        new Comparison(
                                "substring " + value,
                                new SubstringComparator(value),
                                new org.apache.hadoop.hbase.filter.SubstringComparator(value));
                case 2 ->
                        new Comparison(
                                "regex " + value + ".",
                                new RegexStringComparator(value + "."),
                                new org.apache.hadoop.hbase.filter.RegexStringComparator(
                                        value + "."));
                default ->
                        new Comparison(
                                value,
                                new BinaryComparator(Bytes.toBytes(value)),
                                new org.apache.hadoop.hbase.filter.BinaryComparator(
                                        Bytes.toBytes(value)));
            };
        }
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String value(Random random) {
        return "v" + random.nextInt(10);
    }

    /**
     * A filter.
     *
     * @param depth how deep filters may be nested
     */
    static FilterPair random(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 14 : 10)) {
            case 0, 1 -> comparing(random);
            case 2, 3 -> ofColumns(random);
            case 4, 5 -> ofRows(random);
            case 6, 7 -> ofOneColumn(random);
            case 8, 9 -> ofCells(random);
            case 10 -> wrapped(random, depth);
            default -> list(random, depth);
        };
    }

    private static FilterPair comparing(Random random) {
        String operator = one(random, List.of(OPERATORS));
        CompareOperator ours = CompareOperator.valueOf(operator);
        var hbase = org.apache.hadoop.hbase.CompareOperator.valueOf(operator);
        switch (random.nextInt(4)) {
            case 0 -> {
                Comparison to = Comparison.random(random, one(random, StepGenerator.ROWS));
                return new FilterPair(
                        "row %s %s".formatted(operator, to.text()),
                        new RowFilter(ours, to.ours()),
                        () -> new org.apache.hadoop.hbase.filter.RowFilter(hbase, to.hbase()));
            }
            case 1 -> {
                Comparison to = Comparison.random(random, one(random, StepGenerator.FAMILIES));
                return new FilterPair(
                        "family %s %s".formatted(operator, to.text()),
                        new FamilyFilter(ours, to.ours()),
                        () -> new org.apache.hadoop.hbase.filter.FamilyFilter(hbase, to.hbase()));
            }
            case 2 -> {
                Comparison to = Comparison.random(random, one(random, StepGenerator.QUALIFIERS));
                return new FilterPair(
                        "qualifier %s %s".formatted(operator, to.text()),
                        new QualifierFilter(ours, to.ours()),
                        () ->
                                new org.apache.hadoop.hbase.filter.QualifierFilter(
                                        hbase, to.hbase()));
            }
            default -> {
                Comparison to = Comparison.random(random, value(random));
                return new FilterPair(
                        "value %s %s".formatted(operator, to.text()),
                        new ValueFilter(ours, to.ours()),
                        () -> new org.apache.hadoop.hbase.filter.ValueFilter(hbase, to.hbase()));
            }
        }
    }

    private static FilterPair ofColumns(Random random) {
        byte[] a = Bytes.toBytes(one(random, StepGenerator.QUALIFIERS));
        byte[] b = Bytes.toBytes(one(random, List.of("", "aa", "abc", "c")));
        int limit = random.nextInt(4);
        int offset = random.nextInt(3);
        boolean least = random.nextBoolean();
        boolean greatest = random.nextBoolean();
        String columns = Bytes.toString(a) + "," + Bytes.toString(b);
        return switch (random.nextInt(6)) {
            case 0 ->
                    new FilterPair(
                            "column prefix " + Bytes.toString(a),
                            new ColumnPrefixFilter(a),
                            () -> new org.apache.hadoop.hbase.filter.ColumnPrefixFilter(a));
            case 1 ->
                    new FilterPair(
                            "column prefixes " + columns,
                            new MultipleColumnPrefixFilter(List.of(a, b)),
                            () ->
                                    new org.apache.hadoop.hbase.filter.MultipleColumnPrefixFilter(
                                            new byte[][] {a, b}));
            case 2 ->
                    new FilterPair(
                            "column range " + columns + " " + least + " " + greatest,
                            new ColumnRangeFilter(a, least, b, greatest),
                            () ->
                                    new org.apache.hadoop.hbase.filter.ColumnRangeFilter(
                                            a, least, b, greatest));
            case 3 ->
                    new FilterPair(
                            "columns %d from %d".formatted(limit, offset),
                            new ColumnPaginationFilter(limit, offset),
                            () ->
                                    new org.apache.hadoop.hbase.filter.ColumnPaginationFilter(
                                            limit, offset));
            case 4 ->
                    new FilterPair(
                            "columns %d from %s".formatted(limit, Bytes.toString(a)),
                            new ColumnPaginationFilter(limit, a),
                            () ->
                                    new org.apache.hadoop.hbase.filter.ColumnPaginationFilter(
                                            limit, a));
            default ->
                    new FilterPair(
                            "columns " + limit,
                            new ColumnCountGetFilter(limit),
                            () -> new org.apache.hadoop.hbase.filter.ColumnCountGetFilter(limit));
        };
    }

    private static FilterPair ofRows(Random random) {
        byte[] a = Bytes.toBytes(one(random, StepGenerator.ROWS));
        byte[] prefix = random.nextBoolean() ? a : Bytes.copy(a, 0, a.length - 1);
        int rows = 1 + random.nextInt(3);
        return switch (random.nextInt(5)) {
            case 0 ->
                    new FilterPair(
                            "prefix " + Bytes.toString(prefix),
                            new PrefixFilter(prefix),
                            () -> new org.apache.hadoop.hbase.filter.PrefixFilter(prefix));
            case 1 ->
                    new FilterPair(
                            "page " + rows,
                            new PageFilter(rows),
                            () -> new org.apache.hadoop.hbase.filter.PageFilter(rows));
            case 2 ->
                    new FilterPair(
                            "stop " + Bytes.toString(a),
                            new InclusiveStopFilter(a),
                            () -> new org.apache.hadoop.hbase.filter.InclusiveStopFilter(a));
            case 3 -> ranges(random);
            default -> fuzzy(random);
        };
    }

    private static FilterPair ranges(Random random) {
        List<RowRange> ours = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            List<String> bounds =
                    new ArrayList<>(
                            List.of(
                                    one(random, StepGenerator.ROWS),
                                    one(random, StepGenerator.ROWS)));
            Collections.sort(bounds);
            boolean same = bounds.get(0).equals(bounds.get(1));
            RowRange range =
                    new RowRange(
                            Bytes.toBytes(bounds.get(0)),
                            same || random.nextBoolean(),
                            Bytes.toBytes(bounds.get(1)),
                            same || random.nextBoolean());
            // Joining ranges HBase takes the first of equal starts, though it be without the row.
            if (ours.stream().noneMatch(other -> Bytes.equals(other.start(), range.start()))) {
                ours.add(range);
            }
        }
        StringBuilder text = new StringBuilder("ranges");
        for (RowRange range : ours) {
            text.append(range.startIncluded() ? " [" : " (")
                    .append(Bytes.toString(range.start()))
                    .append(",")
                    .append(Bytes.toString(range.stop()))
                    .append(range.stopIncluded() ? "]" : ")");
        }
        return new FilterPair(
                text.toString(),
                new MultiRowRangeFilter(ours),
                () -> {
                    List<org.apache.hadoop.hbase.filter.MultiRowRangeFilter.RowRange> theirs =
                            new ArrayList<>();
                    for (RowRange range : ours) {
                        theirs.add(
                                new org.apache.hadoop.hbase.filter.MultiRowRangeFilter.RowRange(
                                        range.start(),
                                        range.startIncluded(),
                                        range.stop(),
                                        range.stopIncluded()));
                    }
                    return new org.apache.hadoop.hbase.filter.MultiRowRangeFilter(theirs);
                });
    }

    private static FilterPair fuzzy(Random random) {
        List<FuzzyRowFilter.Pattern> ours = new ArrayList<>();
        StringBuilder text = new StringBuilder("fuzzy");
        for (int i = 0; i <= random.nextInt(2); i++) {
            byte[] row = Bytes.toBytes(one(random, StepGenerator.ROWS));
            byte[] mask = new byte[row.length];
            for (int j = 0; j < mask.length; j++) {
                mask[j] = (byte) random.nextInt(2);
            }
            ours.add(new FuzzyRowFilter.Pattern(row, mask));
            text.append(' ').append(Bytes.toString(row)).append(Bytes.toStringBinary(mask));
        }
        return new FilterPair(
                text.toString(),
                new FuzzyRowFilter(ours),
                () ->
                        new org.apache.hadoop.hbase.filter.FuzzyRowFilter(
                                ours.stream().map(p -> new Pair<>(p.bytes(), p.mask())).toList()));
    }

    private static FilterPair ofOneColumn(Random random) {
        byte[] family = Bytes.toBytes(one(random, StepGenerator.FAMILIES));
        byte[] qualifier = Bytes.toBytes(one(random, StepGenerator.QUALIFIERS));
        String operator = one(random, List.of(OPERATORS));
        CompareOperator ours = CompareOperator.valueOf(operator);
        var hbase = org.apache.hadoop.hbase.CompareOperator.valueOf(operator);
        Comparison to = Comparison.random(random, value(random));
        boolean missing = random.nextBoolean();
        boolean any = random.nextBoolean();
        String text =
                "%s:%s %s %s %s %s"
                        .formatted(
                                Bytes.toString(family),
                                Bytes.toString(qualifier),
                                operator,
                                to.text(),
                                missing,
                                any);
        switch (random.nextInt(4)) {
            case 0 -> {
                return new FilterPair(
                        "column " + text,
                        new ColumnValueFilter(family, qualifier, ours, to.ours()),
                        () ->
                                new org.apache.hadoop.hbase.filter.ColumnValueFilter(
                                        family, qualifier, hbase, to.hbase()));
            }
            case 1 -> {
                return new FilterPair(
                        "dependent " + text,
                        new DependentColumnFilter(family, qualifier, missing, ours, to.ours()),
                        () ->
                                new org.apache.hadoop.hbase.filter.DependentColumnFilter(
                                        family, qualifier, missing, hbase, to.hbase()));
            }
            case 2 -> {
                return new FilterPair(
                        "single exclude " + text,
                        flags(
                                new SingleColumnValueExcludeFilter(
                                        family, qualifier, ours, to.ours()),
                                missing,
                                any),
                        () ->
                                flags(
                                        new org.apache.hadoop.hbase.filter
                                                .SingleColumnValueExcludeFilter(
                                                family, qualifier, hbase, to.hbase()),
                                        missing,
                                        any));
            }
            default -> {
                return new FilterPair(
                        "single " + text,
                        flags(
                                new SingleColumnValueFilter(family, qualifier, ours, to.ours()),
                                missing,
                                any),
                        () ->
                                flags(
                                        new org.apache.hadoop.hbase.filter.SingleColumnValueFilter(
                                                family, qualifier, hbase, to.hbase()),
                                        missing,
                                        any));
            }
        }
    }

    private static Filter flags(SingleColumnValueFilter filter, boolean missing, boolean any) {
        if (missing) {
            filter.rejectMissing();
        }
        if (any) {
            filter.anyVersion();
        }
        return filter;
    }

    private static org.apache.hadoop.hbase.filter.Filter flags(
            org.apache.hadoop.hbase.filter.SingleColumnValueFilter filter,
            boolean missing,
            boolean any) {
        filter.setFilterIfMissing(missing);
        filter.setLatestVersionOnly(!any);
        return filter;
    }

    private static FilterPair ofCells(Random random) {
        return switch (random.nextInt(3)) {
            case 0 ->
                    new FilterPair(
                            "first key",
                            new FirstKeyOnlyFilter(),
                            org.apache.hadoop.hbase.filter.FirstKeyOnlyFilter::new);
            case 1 ->
                    new FilterPair(
                            "keys",
                            new KeyOnlyFilter(),
                            org.apache.hadoop.hbase.filter.KeyOnlyFilter::new);
            default -> {
                List<Long> times = List.of((long) random.nextInt(6), (long) random.nextInt(6));
                yield new FilterPair(
                        "timestamps " + times,
                        new TimestampsFilter(times),
                        () -> new org.apache.hadoop.hbase.filter.TimestampsFilter(times));
            }
        };
    }

    private static FilterPair wrapped(Random random, int depth) {
        FilterPair inner = random(random, depth - 1);
        return random.nextBoolean()
                ? new FilterPair(
                        "skip(" + inner + ")",
                        new SkipFilter(inner.ours()),
                        () -> new org.apache.hadoop.hbase.filter.SkipFilter(inner.hbase().get()))
                : new FilterPair(
                        "while(" + inner + ")",
                        new WhileMatchFilter(inner.ours()),
                        () ->
                                new org.apache.hadoop.hbase.filter.WhileMatchFilter(
                                        inner.hbase().get()));
    }

    private static FilterPair list(Random random, int depth) {
        List<FilterPair> inner = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            inner.add(random(random, depth - 1));
        }
        boolean all = random.nextBoolean();
        List<Filter> ours = inner.stream().map(FilterPair::ours).toList();
        var operator =
                all
                        ? org.apache.hadoop.hbase.filter.FilterList.Operator.MUST_PASS_ALL
                        : org.apache.hadoop.hbase.filter.FilterList.Operator.MUST_PASS_ONE;
        return new FilterPair(
                (all ? "all" : "any").toLowerCase(Locale.ROOT) + inner,
                all ? FilterList.all(ours) : FilterList.any(ours),
                () ->
                        new org.apache.hadoop.hbase.filter.FilterList(
                                operator, inner.stream().map(f -> f.hbase().get()).toList()));
    }

    /** Whether HBase takes a filter together with a batch. */
    boolean allowsBatch() {
        try {
            new Scan().setBatch(1).setFilter(hbase.get());
            return !hbase.get().hasFilterRow();
        } catch (org.apache.hadoop.hbase.filter.IncompatibleFilterException e) {
            return false;
        }
    }
}
