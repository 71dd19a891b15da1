package org.skep.plan.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.NanoTime;
import org.skep.types.StructType;

/** Reads what {@link RecordWriter} wrote. Confined to one thread. */
final class RecordReader {
    private final JsonParser json;

    RecordReader(JsonParser json) {
        this.json = json;
    }

    void expectHeader(String format, int version) throws IOException {
        expect(json.nextToken(), JsonToken.START_OBJECT);
        expectName("format");
        json.nextToken();
        if (!format.equals(json.getText())) {
            throw new IllegalArgumentException("format is " + json.getText());
        }
        expectName("version");
        json.nextToken();
        if (json.getIntValue() > version) {
            throw new SkepException(
                    ErrorCode.FORMAT_TOO_NEW,
                    "Fragment is of version %d, this Skep reads up to %d"
                            .formatted(json.getIntValue(), version));
        }
    }

    /** Reads the field that follows: a record, or a list of records. */
    Object readField(String name, Class<?> type) throws IOException {
        expectName(name);
        json.nextToken();
        if (json.currentToken() == JsonToken.START_ARRAY) {
            return readList(type);
        }
        return read(type);
    }

    private void expectName(String name) throws IOException {
        expect(json.nextToken(), JsonToken.FIELD_NAME);
        if (!name.equals(json.currentName())) {
            throw new IllegalArgumentException(
                    "expected %s, found %s".formatted(name, json.currentName()));
        }
    }

    private static void expect(JsonToken found, JsonToken wanted) {
        if (found != wanted) {
            throw new IllegalArgumentException("expected %s, found %s".formatted(wanted, found));
        }
    }

    /** Reads the value at the current token as the declared type of a component. */
    private Object read(Type declared) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (declared instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class
                    ? readMap(arguments[1])
                    : readList(arguments[0]);
        }
        Class<?> type = (Class<?>) declared;
        if (type == String.class) {
            return json.getText();
        } else if (type == int.class || type == Integer.class) {
            return json.getIntValue();
        } else if (type == long.class || type == Long.class) {
            return json.getLongValue();
        } else if (type == double.class || type == Double.class) {
            return Double.valueOf(json.getText());
        } else if (type == boolean.class || type == Boolean.class) {
            return json.getBooleanValue();
        } else if (type.isEnum()) {
            return readEnum(type);
        } else if (type == DataType.class) {
            return DataType.parse(json.getText());
        } else if (type == Datum.class) {
            return readDatum();
        }
        return readRecord();
    }

    private Object readEnum(Class<?> type) throws IOException {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(json.getText())) {
                return constant;
            }
        }
        throw new IllegalArgumentException(
                "no %s: %s".formatted(type.getSimpleName(), json.getText()));
    }

    private List<Object> readList(Type element) throws IOException {
        expect(json.currentToken(), JsonToken.START_ARRAY);
        List<Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(read(element));
        }
        return list;
    }

    private Map<String, Object> readMap(Type element) throws IOException {
        expect(json.currentToken(), JsonToken.START_OBJECT);
        Map<String, Object> map = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            json.nextToken();
            map.put(key, read(element));
        }
        return map;
    }

    private Object readRecord() throws IOException {
        expect(json.currentToken(), JsonToken.START_OBJECT);
        expectName("@");
        json.nextToken();
        String name = json.getText();
        Class<? extends Record> type = PlanTypes.named(name);
        if (type == null) {
            throw new IllegalArgumentException("no plan type " + name);
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] classes = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            classes[i] = components[i].getType();
            expectName(components[i].getName());
            json.nextToken();
            values[i] = read(components[i].getGenericType());
        }
        expect(json.nextToken(), JsonToken.END_OBJECT);
        try {
            return type.getDeclaredConstructor(classes).newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(name + ": " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make a " + name, e);
        }
    }

    private Datum readDatum() throws IOException {
        expect(json.currentToken(), JsonToken.START_OBJECT);
        expectName("type");
        json.nextToken();
        DataType type = DataType.parse(json.getText());
        expectName("value");
        json.nextToken();
        Object value = readValue(type);
        expect(json.nextToken(), JsonToken.END_OBJECT);
        return new Datum(type, value);
    }

    private Object readValue(DataType type) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (type.kind()) {
            case VOID -> throw new IllegalArgumentException("a value of type void");
            case BOOLEAN -> json.getBooleanValue();
            case TINYINT, SMALLINT, INT, BIGINT, DATE, INTERVAL_YEAR_MONTH ->
                    Long.valueOf(json.getText());
            case FLOAT, DOUBLE -> Double.valueOf(json.getText());
            case DECIMAL -> new BigDecimal(json.getText());
            case STRING, VARCHAR, CHAR -> json.getText();
            case BINARY -> new Datum.Bytes(json.getText());
            case TIMESTAMP, TIMESTAMP_LOCAL_TZ, INTERVAL_DAY_TIME -> readTime();
            case ARRAY -> readItems(((ListType) type).element());
            case STRUCT -> readFields((StructType) type);
            case MAP -> readEntries((MapType) type);
            case UNION -> throw new IllegalArgumentException("a literal of type " + type);
        };
    }

    private NanoTime readTime() throws IOException {
        String text = json.getText();
        int colon = text.indexOf(':');
        return new NanoTime(
                Long.parseLong(text.substring(0, colon)),
                Short.parseShort(text.substring(colon + 1)));
    }

    private List<Object> readItems(DataType element) throws IOException {
        List<Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(readValue(element));
        }
        return items;
    }

    private List<Object> readFields(StructType type) throws IOException {
        List<Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(readValue(type.fields().get(items.size()).type()));
        }
        return items;
    }

    private List<Object> readEntries(MapType type) throws IOException {
        List<Object> entries = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            json.nextToken();
            Object key = readValue(type.key());
            json.nextToken();
            entries.add(new Datum.MapEntry(key, readValue(type.value())));
            json.nextToken();
        }
        return entries;
    }
}
