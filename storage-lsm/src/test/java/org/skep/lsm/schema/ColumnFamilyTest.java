package org.skep.lsm.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ColumnFamilyTest {
    @Test
    void refusesNamesThatOtherFilesHave() {
        for (String name : List.of("manifest.1", "manifest.", ".regioninfo", "a:b", "a/b", "")) {
            assertThatThrownBy(() -> ColumnFamily.named(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Invalid column family name: " + name);
        }
        assertThat(ColumnFamily.named("manifest").name()).isEqualTo("manifest");
    }
}
