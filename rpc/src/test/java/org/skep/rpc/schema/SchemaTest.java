package org.skep.rpc.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.rpc.rows.ColumnKind;

class SchemaTest {
    @Test
    void typeNumbersAreThoseOfTheProtocol() {
        int expected = 0;
        for (TypeId type : TypeId.values()) {
            assertThat(type.wireValue()).isEqualTo(expected++);
            assertThat(TypeId.ofWireValue(type.wireValue())).isSameAs(type);
        }
        assertThat(TypeId.DECIMAL.wireValue()).isEqualTo(15);
        assertThat(TypeId.TIMESTAMP_LOCAL_TIME_ZONE.wireValue()).isEqualTo(22);
        assertThatThrownBy(() -> TypeId.ofWireValue(23)).hasMessage("Type not known: 23");
        assertThatThrownBy(() -> TypeId.ofWireValue(-1)).hasMessage("Type not known: -1");
    }

    @Test
    void onlyBinaryTravelsAsBytesAndFloatsAsDoubles() {
        for (TypeId type : TypeId.values()) {
            assertThat(type.columnKind() == ColumnKind.BINARY).isEqualTo(type == TypeId.BINARY);
        }
        assertThat(TypeId.FLOAT.columnKind()).isEqualTo(ColumnKind.DOUBLE);
        assertThat(TypeId.TIMESTAMP.columnKind()).isEqualTo(ColumnKind.STRING);
        assertThat(TypeId.MAP.columnKind()).isEqualTo(ColumnKind.STRING);
        assertThat(TypeId.MAP.isNested()).isTrue();
        assertThat(TypeId.STRING.isNested()).isFalse();
    }

    @Test
    void typesAreWrittenAsInSql() {
        assertThat(TypeDescriptor.of(TypeId.INT)).hasToString("int");
        assertThat(TypeDescriptor.of(TypeId.UNION)).hasToString("uniontype");
        assertThat(TypeDescriptor.of(TypeId.DECIMAL)).hasToString("decimal(10,0)");
        assertThat(TypeDescriptor.decimal(38, 18).scale()).isEqualTo(18);
        assertThat(TypeDescriptor.decimal(38, 18).precision()).isEqualTo(38);
        assertThat(TypeDescriptor.varchar(20)).hasToString("varchar(20)");
        assertThat(TypeDescriptor.character(3).length()).isEqualTo(3);
        assertThat(TypeDescriptor.of(TypeId.INT).length()).isEqualTo(-1);
        assertThat(TypeDescriptor.nested(TypeId.ARRAY, "array<int>").text())
                .isEqualTo("array<int>");
        assertThatThrownBy(() -> TypeDescriptor.nested(TypeId.INT, "int"))
                .hasMessage("Type is not nested: INT");
    }

    @Test
    void equalSchemasAreEqual() {
        TableSchema schema =
                TableSchema.builder()
                        .add("a", TypeId.INT)
                        .add("b", TypeDescriptor.decimal(5, 2))
                        .build();
        TableSchema same =
                new TableSchema(
                        List.of(
                                new ColumnDescriptor("a", TypeDescriptor.of(TypeId.INT)),
                                new ColumnDescriptor("b", TypeDescriptor.decimal(5, 2), "")));
        assertThat(schema).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(schema).hasToString("[a int, b decimal(5,2)]");
        assertThat(schema.size()).isEqualTo(2);
        assertThat(schema.column(1).name()).isEqualTo("b");
        assertThat(schema).isNotEqualTo(TableSchema.builder().build());
        assertThat(TypeDescriptor.decimal(5, 2)).isNotEqualTo(TypeDescriptor.decimal(5, 3));
    }
}
