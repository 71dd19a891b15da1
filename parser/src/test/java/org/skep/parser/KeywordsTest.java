package org.skep.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KeywordsTest {
    @Test
    void knowsTheReservedWords() {
        assertThat(Keywords.isReserved("select")).isTrue();
        assertThat(Keywords.isReserved("Timestamp")).isTrue();
        assertThat(Keywords.isReserved("qualify")).isTrue();
        assertThat(Keywords.isReserved("limit")).isFalse();
        assertThat(Keywords.isReserved("default")).isFalse();
        assertThat(Keywords.isReserved("nosuchword")).isFalse();
    }

    @Test
    void listsTheWordsInOrder() {
        assertThat(Keywords.all())
                .isSorted()
                .doesNotHaveDuplicates()
                .contains("SELECT", "TBLPROPERTIES");
    }
}
