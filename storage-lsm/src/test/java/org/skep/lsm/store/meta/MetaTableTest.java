package org.skep.lsm.store.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.lsm.schema.BloomType;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.Compression;
import org.skep.lsm.schema.Durability;
import org.skep.lsm.schema.KeepDeletedCells;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;

final class MetaTableTest {
    private static final TableName GOODS = TableName.of("shop:goods");
    private static final TableDescriptor TABLE =
            new TableDescriptor(
                    GOODS,
                    List.of(
                            ColumnFamily.named("z")
                                    .withMaxVersions(7)
                                    .withMinVersions(2)
                                    .withTtlMillis(5000)
                                    .withKeepDeletedCells(KeepDeletedCells.TTL)
                                    .withNewVersionBehavior()
                                    .withBloomType(BloomType.ROWCOL)
                                    .withCompression(Compression.GZ)
                                    .withBlockSize(4096)
                                    .withoutBlockCache(),
                            ColumnFamily.named("a")),
                    Durability.ASYNC_WAL,
                    1 << 20,
                    3 << 20);

    private final MemoryRows rows = new MemoryRows();
    private final MetaTable meta = new MetaTable(rows);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RegionInfo region(String start, String stop, long id) {
        return new RegionInfo(GOODS, bytes(start), bytes(stop), id);
    }

    @Test
    void givesBackWhatItWasGiven() {
        meta.putNamespace("shop", 17);
        meta.putNamespace("gone", 18);
        meta.deleteNamespace("gone");
        meta.putTable(TABLE, TableState.ENABLED);
        meta.putTable(TABLE, TableState.DISABLED);
        meta.putRegion(region("m", "", 5));
        meta.putRegion(region("", "m", 5));
        meta.putRegion(region("", "", 4));
        meta.deleteRegion(region("", "", 4));
        ProcedureRecord procedure = new ProcedureRecord(300, "split", 2, bytes("what"), 99);
        meta.putProcedure(procedure);

        MetaTable.Content content = meta.load();
        assertThat(content.catalogue().namespaces()).containsExactly("shop");
        Catalogue.Entry table = content.catalogue().require(GOODS);
        assertThat(table.descriptor()).isEqualTo(TABLE);
        assertThat(table.state()).isEqualTo(TableState.DISABLED);
        assertThat(table.regions()).containsExactly(region("", "m", 5), region("m", "", 5));
        assertThat(content.procedures()).hasSize(1);
        assertThat(content.procedures().get(0).id()).isEqualTo(300);
        assertThat(content.procedures().get(0).payload()).isEqualTo(bytes("what"));
        assertThat(content.procedures().get(0).step()).isEqualTo(2);

        meta.deleteProcedure(300);
        meta.deleteTable(GOODS);
        assertThat(meta.survey().catalogue().tables()).isEmpty();
        assertThat(meta.survey().problems())
                .containsExactly("Meta has regions of a table that it does not have: shop:goods");
        assertThatThrownBy(() -> meta.load().catalogue().require(GOODS))
                .isInstanceOf(SkepException.class);
    }

    @Test
    void namesDamagedRows() {
        meta.putTable(TABLE, TableState.ENABLED);
        meta.putProcedure(new ProcedureRecord(1, "split", 0, new byte[0], 0));
        rows.put(
                bytes(".procedure.0000000000000001"),
                List.of(new MetaRows.Column("proc", "record", bytes("no record at all, is it"))));
        assertThat(meta.survey().catalogue().tables()).hasSize(1);
        assertThat(meta.survey().problems())
                .singleElement()
                .asString()
                .startsWith("Meta row is damaged: .procedure.0000000000000001: ");
        assertThatThrownBy(meta::load)
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT_FILE));
    }

    @Test
    void writesRegionsAsHBaseDoes() {
        // The fields of HBase's RegionInfo message; those that are false or zero may be left out.
        RegionInfo region = new RegionInfo(TableName.of("t"), bytes("a"), new byte[0], 300);
        assertThat(HexFormat.of().formatHex(RegionInfoFormat.encode(region)))
                .isEqualTo(
                        "50425546"
                                + "08ac02"
                                + "120c"
                                + "0a0764656661756c74"
                                + "120174"
                                + "1a0161"
                                + "2200");
        byte[] withMore =
                HexFormat.of()
                        .parseHex(
                                "50425546"
                                        + "08ac02"
                                        + "120c"
                                        + "0a0764656661756c74"
                                        + "120174"
                                        + "1a0161"
                                        + "2200"
                                        + "2800"
                                        + "3000"
                                        + "3800");
        assertThat(RegionInfoFormat.decode(withMore, "x")).isEqualTo(region);
    }

    @Test
    void noticesEveryFlippedBit() {
        byte[] sealed = RegionInfoFormat.seal(region("", "m", 5));
        assertThat(RegionInfoFormat.unseal(sealed, "x")).isEqualTo(region("", "m", 5));
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] damaged = sealed.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> RegionInfoFormat.unseal(damaged, "the file"))
                    .isInstanceOf(SkepException.class)
                    .hasMessageContaining("the file");
        }
        for (int length = 0; length < sealed.length; length++) {
            byte[] shorter = java.util.Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> RegionInfoFormat.unseal(shorter, "the file"))
                    .isInstanceOf(SkepException.class);
        }
    }
}
