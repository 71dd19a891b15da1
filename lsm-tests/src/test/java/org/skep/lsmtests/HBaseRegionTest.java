package org.skep.lsmtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptorBuilder;
import org.apache.hadoop.hbase.client.Get;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.TableDescriptor;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HBaseRegionTest {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void answersAsHBaseDoes(@TempDir Path directory) throws Exception {
        TableDescriptor table =
                TableDescriptorBuilder.newBuilder(TableName.valueOf("t"))
                        .setColumnFamily(ColumnFamilyDescriptorBuilder.of("f"))
                        .build();
        try (HBaseRegion hbase = HBaseRegion.create(directory, table)) {
            hbase.region().put(new Put(utf8("r")).addColumn(utf8("f"), utf8("q"), 5, utf8("v")));
            assertThat(hbase.region().get(new Get(utf8("r"))).value()).isEqualTo(utf8("v"));
            hbase.region().flush(true);
            assertThat(hbase.region().get(new Get(utf8("r"))).value()).isEqualTo(utf8("v"));
        }
    }
}
