package org.skep.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.base.error.SkepException;

final class VariableSubstitutionTest {
    private static final Map<String, String> VALUES =
            Map.of(
                    "HIVECONF:a", "1",
                    "HIVEVAR:b", "two",
                    "SYSTEM:user.name", "me",
                    "ENV:HOME", "/home/$1\\x",
                    "HIVEVAR:outer", "<${b}>",
                    "HIVEVAR:key", "a",
                    "HIVEVAR:loop", "${loop}x",
                    "HIVEVAR:other:c", "colon");

    private final VariableSubstitution substitution =
            new VariableSubstitution(
                    (namespace, name) -> Optional.ofNullable(VALUES.get(namespace + ":" + name)));

    @Test
    void replacesByNamespace() {
        assertThat(
                        substitution.apply(
                                "${hiveconf:a} ${hivevar:b} ${b} ${system:user.name} ${env:HOME}"))
                .isEqualTo("1 two two me /home/$1\\x");
        assertThat(substitution.apply("'${HIVECONF:a}'")).isEqualTo("'1'");
        assertThat(substitution.apply("${other:c}")).isEqualTo("colon");
    }

    @Test
    void leavesWhatHasNoValue() {
        assertThat(substitution.apply("${hiveconf:nosuch} ${nosuch} $a ${ b} ${} $${b"))
                .isEqualTo("${hiveconf:nosuch} ${nosuch} $a ${ b} ${} $${b");
        assertThat(substitution.apply("${nosuch}${b}")).isEqualTo("${nosuch}two");
    }

    @Test
    void replacesVariablesInValuesAndNames() {
        assertThat(substitution.apply("${outer}")).isEqualTo("<two>");
        assertThat(substitution.apply("${hiveconf:${key}}")).isEqualTo("1");
    }

    @Test
    void refusesVariablesThatNeverEnd() {
        assertThatThrownBy(() -> substitution.apply("${loop}"))
                .isInstanceOf(SkepException.class)
                .hasMessage("Variables must not nest deeper than 40 levels: ${loop}");
    }
}
