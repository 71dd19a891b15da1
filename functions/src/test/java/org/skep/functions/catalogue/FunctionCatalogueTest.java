package org.skep.functions.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skep.base.error.SkepException;

/** Tests which functions are found. */
class FunctionCatalogueTest {
    @Test
    void refusesBlockedFunctionsUnderAllTheirNames() {
        FunctionCatalogue all = BuiltInFunctions.catalogue();
        FunctionCatalogue some = all.without(Set.of("reflect", "ngrams"));
        assertThat(all.scalar("java_method")).isPresent();
        assertThatThrownBy(() -> some.scalar("Reflect"))
                .isInstanceOf(SkepException.class)
                .hasMessage("Function is not allowed: reflect");
        assertThatThrownBy(() -> some.scalar("java_method"))
                .hasMessage("Function is not allowed: java_method");
        assertThatThrownBy(() -> some.aggregate("ngrams"))
                .hasMessage("Function is not allowed: ngrams");
        assertThat(some.scalar("reflect2")).isPresent();
        assertThat(some.scalar("nosuch")).isEmpty();
        assertThat(some.names()).doesNotContain("reflect").contains("reflect2");
    }
}
