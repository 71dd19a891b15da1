package org.skep.plan.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.NanoTime;

/**
 * Writes plan records: an object with {@code "@"} for the name and a field a component. Confined to
 * one thread.
 */
final class RecordWriter {
    private final JsonGenerator json;

    RecordWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeString(number.toString());
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Enum<?> constant) {
            json.writeString(constant.name());
        } else if (value instanceof DataType type) {
            json.writeString(type.typeName());
        } else if (value instanceof Datum datum) {
            writeDatum(datum);
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                write(item);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName((String) entry.getKey());
                write(entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Record plan && PlanTypes.contains(plan.getClass())) {
            writeRecord(plan);
        } else {
            throw new IllegalStateException("No plan type: " + value.getClass());
        }
    }

    private void writeRecord(Record plan) throws IOException {
        json.writeStartObject();
        json.writeStringField("@", PlanTypes.nameOf(plan.getClass()));
        for (RecordComponent component : plan.getClass().getRecordComponents()) {
            json.writeFieldName(component.getName());
            try {
                write(component.getAccessor().invoke(plan));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Cannot read " + component, e);
            }
        }
        json.writeEndObject();
    }

    private void writeDatum(Datum datum) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", datum.type().typeName());
        json.writeFieldName("value");
        writeValue(datum.value());
        json.writeEndObject();
    }

    private void writeValue(Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Long
                || value instanceof Double
                || value instanceof BigDecimal) {
            json.writeString(value.toString());
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Datum.Bytes bytes) {
            json.writeString(bytes.latin1());
        } else if (value instanceof NanoTime time) {
            json.writeString(time.micros() + ":" + time.nanos());
        } else if (value instanceof Datum.MapEntry entry) {
            json.writeStartArray();
            writeValue(entry.key());
            writeValue(entry.value());
            json.writeEndArray();
        } else {
            json.writeStartArray();
            for (Object item : (List<?>) value) {
                writeValue(item);
            }
            json.writeEndArray();
        }
    }
}
