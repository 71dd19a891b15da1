package org.skep.lsmtests.oracle;

import java.util.Random;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptor;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptorBuilder;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;
import org.apache.hadoop.hbase.util.Bytes;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.KeepDeletedCells;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;

/**
 * The options of the families f and g, which are alike. Immutable.
 *
 * @param ttlSeconds 0 for none
 */
record Variant(
        int versions,
        int minVersions,
        int ttlSeconds,
        KeepDeletedCells keepDeletedCells,
        boolean newVersionBehavior) {
    static Variant random(Random random) {
        int versions = 1 + random.nextInt(4);
        boolean order = random.nextInt(4) == 0;
        // Where the order of writing counts, HBase fails on expired cells.
        int ttl = !order && random.nextInt(3) == 0 ? 10 : 0;
        int least = ttl > 0 && random.nextBoolean() ? 1 + random.nextInt(versions) : 0;
        KeepDeletedCells keep = KeepDeletedCells.FALSE;
        if (!order && random.nextInt(3) == 0) {
            keep = ttl > 0 && random.nextBoolean() ? KeepDeletedCells.TTL : KeepDeletedCells.TRUE;
        }
        return new Variant(versions, least, ttl, keep, order);
    }

    /** Where the order of writing counts: of ours, in which that goes with all other options. */
    static Variant randomByOrder(Random random) {
        int versions = 1 + random.nextInt(4);
        int ttl = random.nextInt(3) == 0 ? 10 : 0;
        int least = ttl > 0 && random.nextBoolean() ? 1 + random.nextInt(versions) : 0;
        KeepDeletedCells keep =
                random.nextInt(3) > 0
                        ? KeepDeletedCells.FALSE
                        : ttl > 0 && random.nextBoolean()
                                ? KeepDeletedCells.TTL
                                : KeepDeletedCells.TRUE;
        return new Variant(versions, least, ttl, keep, true);
    }

    TableDescriptor ours() {
        return TableDescriptor.of(TableName.of("t"), family("f"), family("g"));
    }

    private ColumnFamily family(String name) {
        ColumnFamily family =
                ColumnFamily.named(name)
                        .withMaxVersions(versions)
                        .withMinVersions(minVersions)
                        .withKeepDeletedCells(keepDeletedCells);
        if (ttlSeconds > 0) {
            family = family.withTtlMillis(1000L * ttlSeconds);
        }
        return newVersionBehavior ? family.withNewVersionBehavior() : family;
    }

    org.apache.hadoop.hbase.client.TableDescriptor hbase() {
        return TableDescriptorBuilder.newBuilder(org.apache.hadoop.hbase.TableName.valueOf("t"))
                .setColumnFamily(hbaseFamily("f"))
                .setColumnFamily(hbaseFamily("g"))
                .setValue(
                        "hbase.hstore.defaultengine.compactionpolicy.class",
                        ChosenFiles.class.getName())
                .setValue("hbase.hregion.majorcompaction", "0")
                .setValue("hbase.hstore.compaction.max", "1000")
                .setValue("hbase.store.delete.expired.storefile", "false")
                .build();
    }

    private ColumnFamilyDescriptor hbaseFamily(String name) {
        ColumnFamilyDescriptorBuilder builder =
                ColumnFamilyDescriptorBuilder.newBuilder(Bytes.toBytes(name))
                        .setMaxVersions(versions)
                        .setMinVersions(minVersions)
                        .setKeepDeletedCells(
                                org.apache.hadoop.hbase.KeepDeletedCells.valueOf(
                                        keepDeletedCells.name()))
                        .setNewVersionBehavior(newVersionBehavior);
        if (ttlSeconds > 0) {
            builder.setTimeToLive(ttlSeconds);
        }
        return builder.build();
    }
}
