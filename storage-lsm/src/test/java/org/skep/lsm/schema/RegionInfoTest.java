package org.skep.lsm.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class RegionInfoTest {
    private static final byte[] NONE = {};

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RegionInfo region(String start, String stop) {
        return new RegionInfo(TableName.of("goods"), bytes(start), bytes(stop), 1_700_000_000_000L);
    }

    @Test
    void namesAreHBases() {
        // HBase's meta region has a fixed name; a user region's is the MD5 of what stands before.
        RegionInfo region =
                new RegionInfo(TableName.of("TestTable"), bytes("0062824"), NONE, 1305650471130L);
        String row = new String(region.metaRow(), StandardCharsets.UTF_8);
        assertThat(row).isEqualTo("TestTable,0062824,1305650471130." + region.encodedName() + ".");
        assertThat(region.encodedName()).matches("[0-9a-f]{32}");
        assertThat(new RegionInfo(TableName.of("a:b"), NONE, NONE, 1).encodedName())
                .isEqualTo("9500500bea444306db30c11137a0f8b2");
    }

    @Test
    void knowsItsRows() {
        RegionInfo region = region("b", "d");
        assertThat(region.contains(bytes("b"))).isTrue();
        assertThat(region.contains(bytes("czz"))).isTrue();
        assertThat(region.contains(bytes("d"))).isFalse();
        assertThat(region.contains(bytes("a"))).isFalse();
        assertThat(region("", "").contains(new byte[] {(byte) 0xff})).isTrue();
        assertThat(region("b", "").contains(new byte[] {(byte) 0xff})).isTrue();
    }

    @Test
    void knowsItsNeighbours() {
        assertThat(region("b", "d").overlaps(region("d", ""))).isFalse();
        assertThat(region("b", "d").overlaps(region("", "b"))).isFalse();
        assertThat(region("b", "d").overlaps(region("c", ""))).isTrue();
        assertThat(region("", "").overlaps(region("c", "d"))).isTrue();
        assertThat(region("b", "d")).isEqualTo(region("b", "d")).isNotEqualTo(region("b", ""));
        assertThat(region("b", "d").toString()).isEqualTo("goods[b, d) 1700000000000");
        assertThat(RegionInfo.printable(new byte[] {'a', 0, (byte) 0xff, '\\'}))
                .isEqualTo("a\\x00\\xFF\\x5C");
    }

    @Test
    void refusesAnEmptyRange() {
        assertThatThrownBy(() -> region("d", "d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("d, d");
    }
}
