package org.skep.lsm.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skep.lsm.read.SmallRegion.b;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skep.base.error.SkepException;
import org.skep.lsm.filter.BigDecimalComparator;
import org.skep.lsm.filter.BinaryComparator;
import org.skep.lsm.filter.BinaryComponentComparator;
import org.skep.lsm.filter.BinaryPrefixComparator;
import org.skep.lsm.filter.BitComparator;
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
import org.skep.lsm.filter.LongComparator;
import org.skep.lsm.filter.MultiRowRangeFilter;
import org.skep.lsm.filter.MultipleColumnPrefixFilter;
import org.skep.lsm.filter.NullComparator;
import org.skep.lsm.filter.PageFilter;
import org.skep.lsm.filter.PrefixFilter;
import org.skep.lsm.filter.QualifierFilter;
import org.skep.lsm.filter.RandomRowFilter;
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
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.schema.ColumnFamily;

/** What each filter keeps of the same few rows. */
final class FilterTest {
    private final SmallRegion region =
            new SmallRegion(ColumnFamily.named("f").withMaxVersions(3), ColumnFamily.named("g"));

    @BeforeEach
    void fill() {
        region.put("a1", "f:p", 1, "1").put("a1", "f:q", 1, "2").put("a1", "g:p", 1, "3");
        region.flush();
        region.put("a2", "f:p", 1, "1").put("a2", "f:p", 2, "9").put("a2", "f:qq", 1, "2");
        region.put("b1", "f:q", 3, "7").put("b1", "f:r", 3, "7").put("b1", "g:q", 1, "0");
        region.flush();
        region.put("b2", "f:r", 1, "Text");
    }

    private String scan(Filter filter) {
        return region.text(new Scan().filter(filter));
    }

    private String rows(Filter filter) {
        String forward = SmallRegion.rows(region.results(new Scan().filter(filter)));
        return forward;
    }

    private String reversed(Filter filter) {
        return SmallRegion.rows(region.results(new Scan().reversed(true).filter(filter)));
    }

    private static BinaryComparator is(String value) {
        return new BinaryComparator(b(value));
    }

    private static Filter valueIs(String value) {
        return new ValueFilter(CompareOperator.EQUAL, is(value));
    }

    @Test
    void comparesParts() {
        assertThat(rows(new RowFilter(CompareOperator.GREATER, is("a2")))).isEqualTo("b1 b2");
        assertThat(rows(new RowFilter(CompareOperator.LESS_OR_EQUAL, is("a2")))).isEqualTo("a1 a2");
        assertThat(rows(new RowFilter(CompareOperator.NO_OP, is("a2")))).isEmpty();
        assertThat(reversed(new RowFilter(CompareOperator.NOT_EQUAL, is("a2"))))
                .isEqualTo("b2 b1 a1");
        assertThat(scan(new FamilyFilter(CompareOperator.EQUAL, is("g"))))
                .isEqualTo("g:p@1=3 g:q@1=0");
        assertThat(scan(new QualifierFilter(CompareOperator.LESS, is("q"))))
                .isEqualTo("f:p@1=1 g:p@1=3 f:p@2=9");
        assertThat(scan(valueIs("7"))).isEqualTo("f:q@3=7 f:r@3=7");
        assertThat(scan(new ValueFilter(CompareOperator.GREATER_OR_EQUAL, is("7"))))
                .isEqualTo("f:p@2=9 f:q@3=7 f:r@3=7 f:r@1=Text");
    }

    @Test
    void filtersVersionsBeforeTheRequestsLimit() {
        assertThat(
                        SmallRegion.text(
                                region.get(
                                        new Get(b("a2"))
                                                .addColumn(b("f"), b("p"))
                                                .filter(valueIs("1")))))
                .isEqualTo("f:p@1=1");
    }

    @Test
    void judgesRowsByAColumn() {
        byte[] f = b("f");
        byte[] p = b("p");
        assertThat(rows(new SingleColumnValueFilter(f, p, CompareOperator.EQUAL, b("1"))))
                .isEqualTo("a1 b1 b2");
        assertThat(
                        rows(
                                new SingleColumnValueFilter(f, p, CompareOperator.EQUAL, b("1"))
                                        .rejectMissing()))
                .isEqualTo("a1");
        assertThat(
                        SmallRegion.rows(
                                region.results(
                                        new Scan()
                                                .readAllVersions()
                                                .filter(
                                                        new SingleColumnValueFilter(
                                                                        f,
                                                                        p,
                                                                        CompareOperator.EQUAL,
                                                                        b("1"))
                                                                .rejectMissing()
                                                                .anyVersion()))))
                .isEqualTo("a1 a2");
        assertThat(
                        scan(
                                new SingleColumnValueExcludeFilter(
                                                f, p, CompareOperator.NOT_EQUAL, b("x"))
                                        .rejectMissing()))
                .isEqualTo("f:q@1=2 g:p@1=3 f:qq@1=2");
        assertThat(scan(new ColumnValueFilter(f, p, CompareOperator.EQUAL, is("9"))))
                .isEqualTo("f:p@2=9");
        assertThat(scan(new DependentColumnFilter(f, b("q"), true, CompareOperator.EQUAL, is("7"))))
                .isEqualTo("f:r@3=7");
        assertThat(scan(new DependentColumnFilter(f, b("q"), false, CompareOperator.EQUAL, null)))
                .isEqualTo("f:p@1=1 f:q@1=2 g:p@1=3 f:q@3=7 f:r@3=7");
    }

    @Test
    void choosesColumns() {
        assertThat(scan(new ColumnPrefixFilter(b("q"))))
                .isEqualTo("f:q@1=2 f:qq@1=2 f:q@3=7 g:q@1=0");
        assertThat(scan(new MultipleColumnPrefixFilter(List.of(b("qq"), b("r")))))
                .isEqualTo("f:qq@1=2 f:r@3=7 f:r@1=Text");
        assertThat(scan(new ColumnRangeFilter(b("p"), false, b("qq"), true)))
                .isEqualTo("f:q@1=2 f:qq@1=2 f:q@3=7 g:q@1=0");
        assertThat(scan(new ColumnRangeFilter(null, true, b("q"), false)))
                .isEqualTo("f:p@1=1 g:p@1=3 f:p@2=9");
        assertThat(scan(new ColumnPaginationFilter(1, 1))).isEqualTo("f:q@1=2 f:qq@1=2 f:r@3=7");
        assertThat(scan(new ColumnPaginationFilter(1, b("q"))))
                .isEqualTo("f:q@1=2 f:qq@1=2 f:q@3=7 f:r@1=Text");
        assertThat(
                        SmallRegion.text(
                                region.get(new Get(b("a1")).filter(new ColumnCountGetFilter(2)))))
                .isEqualTo("f:p@1=1 f:q@1=2");
        assertThat(scan(new FirstKeyOnlyFilter())).isEqualTo("f:p@1=1 f:p@2=9 f:q@3=7 f:r@1=Text");
        assertThat(
                        region.text(
                                new Scan()
                                        .readAllVersions()
                                        .filter(new TimestampsFilter(List.of(2L, 3L)))))
                .isEqualTo("f:p@2=9 f:q@3=7 f:r@3=7");
        assertThat(
                        region.text(
                                new Scan()
                                        .readAllVersions()
                                        .filter(TimestampsFilter.seeking(List.of(1L)))))
                .isEqualTo("f:p@1=1 f:q@1=2 g:p@1=3 f:p@1=1 f:qq@1=2 g:q@1=0 f:r@1=Text");
    }

    @Test
    void choosesRows() {
        assertThat(rows(new PrefixFilter(b("b")))).isEqualTo("b1 b2");
        assertThat(rows(new PrefixFilter(b("a")))).isEqualTo("a1 a2");
        assertThat(reversed(new PrefixFilter(b("a")))).isEqualTo("a2 a1");
        assertThat(rows(new PrefixFilter(b("a1long")))).isEmpty();
        assertThat(rows(new PageFilter(2))).isEqualTo("a1 a2");
        assertThat(reversed(new PageFilter(3))).isEqualTo("b2 b1 a2");
        assertThat(rows(new PageFilter(0))).isEmpty();
        assertThat(rows(new InclusiveStopFilter(b("a2")))).isEqualTo("a1 a2");
        assertThat(rows(new RandomRowFilter(0))).isEmpty();
        assertThat(rows(new RandomRowFilter(1, new Random(1)))).isEqualTo("a1 a2 b1 b2");
    }

    @Test
    void choosesRowsOfSeveralRanges() {
        Filter ranges =
                new MultiRowRangeFilter(
                        List.of(
                                new RowRange(b("b1"), false, b("b9"), false),
                                RowRange.ofPrefix(b("a2")),
                                new RowRange(b("a15"), true, b("a2"), true)));
        assertThat(rows(ranges)).isEqualTo("a2 b2");
        assertThat(reversed(ranges)).isEqualTo("b2 a2");
        assertThatThrownBy(() -> new MultiRowRangeFilter(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No ranges found.");
        assertThatThrownBy(() -> new RowRange(b("b"), true, b("a"), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Row range is empty: 62 to 61");
    }

    @Test
    void choosesRowsByPlaces() {
        Filter second =
                new FuzzyRowFilter(List.of(new FuzzyRowFilter.Pattern(b("?2"), new byte[] {1, 0})));
        assertThat(rows(second)).isEqualTo("a2 b2");
        assertThat(reversed(second)).isEqualTo("b2 a2");
        Filter both =
                new FuzzyRowFilter(
                        List.of(
                                new FuzzyRowFilter.Pattern(b("b?"), new byte[] {0, 1}),
                                new FuzzyRowFilter.Pattern(b("a2"), new byte[] {0, 0})));
        assertThat(rows(both)).isEqualTo("a2 b1 b2");
        assertThat(reversed(both)).isEqualTo("b2 b1 a2");
        assertThat(
                        rows(
                                new FuzzyRowFilter(
                                        List.of(
                                                new FuzzyRowFilter.Pattern(
                                                        b("a1"), new byte[] {0, 0})))))
                .isEqualTo("a1");
    }

    @Test
    void joinsFilters() {
        assertThat(
                        scan(
                                FilterList.all(
                                        new PrefixFilter(b("a")),
                                        new ColumnPrefixFilter(b("q")),
                                        new KeyOnlyFilter())))
                .isEqualTo("f:q@1= f:qq@1=");
        assertThat(scan(FilterList.any(valueIs("9"), new ColumnPrefixFilter(b("r")))))
                .isEqualTo("f:p@2=9 f:r@3=7 f:r@1=Text");
        assertThat(rows(FilterList.any(new PrefixFilter(b("b2")), new PageFilter(1))))
                .isEqualTo("a1 b2");
        assertThat(scan(FilterList.any(new ColumnPaginationFilter(1, 0), valueIs("7"))))
                .isEqualTo("f:p@1=1 f:p@2=9 f:q@3=7 f:r@3=7 f:r@1=Text");
        assertThat(rows(FilterList.all())).isEqualTo("a1 a2 b1 b2");
        assertThat(rows(FilterList.any())).isEqualTo("a1 a2 b1 b2");
    }

    @Test
    void extendsVerdictsToRowsAndScans() {
        Filter notSeven = new ValueFilter(CompareOperator.NOT_EQUAL, is("7"));
        assertThat(rows(new SkipFilter(notSeven))).isEqualTo("a1 a2 b2");
        assertThat(rows(new WhileMatchFilter(notSeven))).isEqualTo("a1 a2");
        assertThat(rows(new WhileMatchFilter(new RowFilter(CompareOperator.NOT_EQUAL, is("a2")))))
                .isEqualTo("a1");
    }

    @Test
    void returnsKeysWithLengths() {
        List<org.skep.lsm.operation.Result> results =
                region.results(new Scan().startRow(b("b2")).filter(KeyOnlyFilter.withLengths()));
        assertThat(results.get(0).cells().get(0).value()).containsExactly(0, 0, 0, 4);
    }

    private boolean matches(ByteComparator comparator, byte[] stored) {
        return CompareOperator.EQUAL.matches(
                comparator.compare(ByteBuffer.wrap(stored), 0, stored.length));
    }

    @Test
    void comparesBytes() {
        assertThat(matches(new BinaryPrefixComparator(b("ab")), b("abc"))).isTrue();
        assertThat(matches(new BinaryPrefixComparator(b("ab")), b("a"))).isFalse();
        assertThat(matches(new BinaryComponentComparator(b("cd"), 2), b("abcde"))).isTrue();
        assertThat(matches(new BinaryComponentComparator(b("cd"), 2), b("a"))).isFalse();
        assertThat(
                        matches(
                                new BitComparator(new byte[] {4}, BitComparator.Operator.AND),
                                new byte[] {5}))
                .isTrue();
        assertThat(
                        matches(
                                new BitComparator(new byte[] {4}, BitComparator.Operator.XOR),
                                new byte[] {4}))
                .isFalse();
        assertThat(matches(new NullComparator(), b(""))).isFalse();
        assertThat(matches(new RegexStringComparator("^a.c"), b("abcd"))).isTrue();
        assertThat(matches(new SubstringComparator("TEXT"), b("some text"))).isTrue();
        byte[] number = ByteBuffer.allocate(8).putLong(-5).array();
        assertThat(
                        CompareOperator.LESS.matches(
                                new LongComparator(3).compare(ByteBuffer.wrap(number), 0, 8)))
                .isTrue();
        assertThat(
                        matches(
                                new BigDecimalComparator(new BigDecimal("1.50")),
                                new byte[] {0, 0, 0, 1, 15}))
                .isTrue();
        assertThatThrownBy(() -> matches(new LongComparator(3), b("abc")))
                .isInstanceOf(SkepException.class)
                .hasMessage("Field is not a long, it's 3 bytes wide");
    }

    @Test
    void refusesToCutRowsThatAreJudgedWhole() {
        assertThatThrownBy(() -> new Scan().filter(new PageFilter(1)).batch(2))
                .isInstanceOf(SkepException.class)
                .hasMessageStartingWith("Cannot set batch on a scan using a filter");
        assertThatThrownBy(() -> new Scan().batch(2).filter(new PageFilter(1)))
                .isInstanceOf(SkepException.class);
    }
}
