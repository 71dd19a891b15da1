package org.skep.functions.coerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;

class TypeRulesTest {
    private static String compared(String left, String right) {
        return TypeRules.comparisonType(DataType.parse(left), DataType.parse(right))
                .map(DataType::typeName)
                .orElse("none");
    }

    private static String common(String left, String right) {
        return TypeRules.commonType(DataType.parse(left), DataType.parse(right))
                .map(DataType::typeName)
                .orElse("none");
    }

    private static String union(String left, String right) {
        return TypeRules.unionType(DataType.parse(left), DataType.parse(right))
                .map(DataType::typeName)
                .orElse("none");
    }

    @Test
    void comparesTextsWithNumbersAsDoublesAndWithDatesAsDates() {
        assertThat(compared("string", "int")).isEqualTo("double");
        assertThat(compared("decimal(10,2)", "string")).isEqualTo("double");
        assertThat(compared("string", "date")).isEqualTo("date");
        assertThat(compared("timestamp", "varchar(3)")).isEqualTo("timestamp");
        assertThat(compared("date", "timestamp")).isEqualTo("timestamp");
        assertThat(compared("char(3)", "char(5)")).isEqualTo("char(5)");
        assertThat(compared("varchar(3)", "string")).isEqualTo("string");
        assertThat(compared("boolean", "string")).isEqualTo("double");
        assertThat(compared("tinyint", "bigint")).isEqualTo("bigint");
        assertThat(compared("decimal(10,2)", "decimal(5,4)")).isEqualTo("decimal(12,4)");
        assertThat(compared("int", "decimal(5,4)")).isEqualTo("decimal(14,4)");
        assertThat(compared("decimal(5,4)", "float")).isEqualTo("float");
        assertThat(compared("array<int>", "array<bigint>")).isEqualTo("array<bigint>");
        assertThat(compared("array<int>", "int")).isEqualTo("none");
        assertThat(compared("void", "date")).isEqualTo("date");
    }

    @Test
    void mixesTextsIntoTextsForCaseButNotForUnion() {
        assertThat(common("int", "string")).isEqualTo("string");
        assertThat(common("date", "varchar(3)")).isEqualTo("varchar(3)");
        assertThat(common("int", "decimal(2,1)")).isEqualTo("decimal(11,1)");
        assertThat(common("int", "double")).isEqualTo("double");
        assertThat(common("boolean", "int")).isEqualTo("none");
        assertThat(common("map<string,int>", "map<string,decimal(2,1)>"))
                .isEqualTo("map<string,decimal(11,1)>");
        assertThat(union("int", "string")).isEqualTo("none");
        assertThat(union("int", "double")).isEqualTo("double");
        assertThat(union("date", "timestamp")).isEqualTo("timestamp");
        assertThat(union("void", "int")).isEqualTo("int");
        assertThat(union("boolean", "int")).isEqualTo("none");
    }

    @Test
    void refusesComparisonsThatLoseDigits() {
        assertThatThrownBy(
                        () -> TypeRules.checkSafeComparison(DataType.STRING, DataType.BIGINT, true))
                .isInstanceOf(SkepException.class)
                .hasMessageContaining("Unsafe compares");
        assertThatThrownBy(
                        () -> TypeRules.checkSafeComparison(DataType.DOUBLE, DataType.BIGINT, true))
                .isInstanceOf(SkepException.class);
        TypeRules.checkSafeComparison(DataType.STRING, DataType.BIGINT, false);
        TypeRules.checkSafeComparison(DataType.STRING, DataType.INT, true);
    }

    @Test
    void narrowsIntegerConstantsOfDecimalArithmetic() {
        Argument column = Argument.of(DataType.INT);
        Argument constant = Argument.of(Datum.ofInt(-42));
        assertThat(TypeRules.decimalOperand(column)).isEqualTo(new DecimalType(10, 0));
        assertThat(TypeRules.decimalOperand(constant)).isEqualTo(new DecimalType(2, 0));
        assertThat(TypeRules.literalType(new BigDecimal("10.00"))).isEqualTo(new DecimalType(2, 0));
        assertThat(TypeRules.literalType(new BigDecimal("0.05"))).isEqualTo(new DecimalType(2, 2));
        assertThat(TypeRules.literalType(new BigDecimal("1E+3"))).isEqualTo(new DecimalType(4, 0));
    }

    @Test
    void shrinksScalesOfResultsBeyond38Digits() {
        DecimalType wide = new DecimalType(38, 18);
        DecimalType money = new DecimalType(15, 2);
        assertThat(TypeRules.productType(wide, wide)).isEqualTo(new DecimalType(38, 6));
        assertThat(TypeRules.quotientType(wide, wide)).isEqualTo(new DecimalType(38, 6));
        assertThat(TypeRules.sumType(wide, wide)).isEqualTo(new DecimalType(38, 17));
        assertThat(TypeRules.sumType(new DecimalType(1, 0), money))
                .isEqualTo(new DecimalType(16, 2));
        assertThat(TypeRules.productType(money, new DecimalType(16, 2)))
                .isEqualTo(new DecimalType(32, 4));
        assertThat(TypeRules.remainderType(money, new DecimalType(3, 1)))
                .isEqualTo(new DecimalType(4, 2));
    }
}
