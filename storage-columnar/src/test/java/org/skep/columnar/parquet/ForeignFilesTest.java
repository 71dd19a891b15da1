package org.skep.columnar.parquet;

import static org.apache.parquet.format.FieldRepetitionType.OPTIONAL;
import static org.apache.parquet.format.FieldRepetitionType.REPEATED;
import static org.apache.parquet.format.FieldRepetitionType.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skep.columnar.parquet.HandMadeFile.deltas;
import static org.skep.columnar.parquet.HandMadeFile.ints;
import static org.skep.columnar.parquet.HandMadeFile.join;
import static org.skep.columnar.parquet.HandMadeFile.levels;
import static org.skep.columnar.parquet.HandMadeFile.longs;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.columnar.rows.FileRows;
import org.skep.types.NanoTime;

class ForeignFilesTest {
    // 2020-07-01 12:00:00.123456789 as nanoseconds of the day and Julian day
    private static final byte[] INT96 = join(longs(43_200_123_456_789L), ints(18_444 + 2_440_588));

    @TempDir Path directory;

    private FileRows rows(HandMadeFile file, String... columns) throws IOException {
        return new FileRows(file.write(directory.resolve("f.parquet")), Map.of(), columns);
    }

    private static NanoTime time(String local, int nanos) {
        LocalDateTime parsed = LocalDateTime.parse(local);
        return new NanoTime(
                parsed.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + 123_456, (short) nanos);
    }

    private static HandMadeFile timestamps() throws IOException {
        HandMadeFile file = new HandMadeFile(1, 1);
        file.column("m", Type.INT96, Encoding.PLAIN, INT96);
        return file;
    }

    @Test
    void readsTimestampsOf96BitsInTheZoneOfTheirWriter() throws IOException {
        assertThat(rows(timestamps(), "m", "timestamp").zone("Asia/Tokyo").read())
                .containsExactly(List.of(time("2020-07-01T12:00:00", 789)));
        HandMadeFile hive = timestamps().property("writer.time.zone", "America/Los_Angeles");
        assertThat(rows(hive, "m", "timestamp").zone("Asia/Tokyo").read())
                .containsExactly(List.of(time("2020-07-01T05:00:00", 789)));
        HandMadeFile java = timestamps().createdBy("parquet-mr version 1.8.1");
        assertThat(rows(java, "m", "timestamp").zone("Asia/Tokyo").read())
                .containsExactly(List.of(time("2020-07-01T21:00:00", 789)));
        HandMadeFile unknown = timestamps().property("writer.time.zone", "Mars/Olympus");
        assertThatThrownBy(() -> rows(unknown, "m", "timestamp").read())
                .hasMessageContaining("unknown time zone of the writer: Mars/Olympus");
    }

    @Test
    void showsInstantsInTheSessionsZone() throws IOException {
        HandMadeFile file = new HandMadeFile(2, 1);
        long summer = 1_593_604_800_000L;
        long winter = 1_577_880_000_000L;
        file.column("m", Type.INT64, Encoding.PLAIN, longs(summer, winter))
                .setConverted_type(ConvertedType.TIMESTAMP_MILLIS);
        assertThat(rows(file, "m", "timestamp").zone("Europe/Berlin").read())
                .containsExactly(
                        List.of(new NanoTime((summer + 7_200_000) * 1_000, (short) 0)),
                        List.of(new NanoTime((winter + 3_600_000) * 1_000, (short) 0)));
    }

    @Test
    void readsDatesOfTheHybridCalendar() throws IOException {
        HandMadeFile file = new HandMadeFile(2, 1).property("writer.date.proleptic", "false");
        // the hybrid calendar shows 1582-10-04 on the day before 1582-10-15
        file.column("d", Type.INT32, Encoding.PLAIN, ints(-141_428, 0))
                .setConverted_type(ConvertedType.DATE);
        assertThat(rows(file, "d", "date").read())
                .containsExactly(List.of(LocalDate.of(1582, 10, 4).toEpochDay()), List.of(0L));
    }

    @Test
    void readsUnsignedNumbersAndDecimalsOfAllLengths() throws IOException {
        HandMadeFile file = new HandMadeFile(2, 5);
        file.column("u", Type.INT32, Encoding.PLAIN, ints(-1, 5))
                .setConverted_type(ConvertedType.UINT_32);
        file.column("v", Type.INT64, Encoding.PLAIN, longs(-1, 5))
                .setConverted_type(ConvertedType.UINT_64);
        decimal(file.column("d", Type.INT32, Encoding.PLAIN, ints(-123, 45)), 5, 2);
        byte[] variable = join(ints(1), new byte[] {-1}, ints(3), new byte[] {1, 0, 0});
        decimal(file.column("e", Type.BYTE_ARRAY, Encoding.PLAIN, variable), 30, 1);
        // the second has more digits than it may
        decimal(file.column("f", Type.INT64, Encoding.PLAIN, longs(99, 100_000)), 4, 1);
        assertThat(
                        rows(
                                        file,
                                        "u",
                                        "bigint",
                                        "v",
                                        "bigint",
                                        "d",
                                        "decimal(5,2)",
                                        "e",
                                        "decimal(30,1)",
                                        "f",
                                        "decimal(4,1)")
                                .read())
                .containsExactly(
                        Arrays.asList(
                                4_294_967_295L,
                                null,
                                new BigDecimal("-1.23"),
                                new BigDecimal("-0.1"),
                                new BigDecimal("9.9")),
                        Arrays.asList(
                                5L, 5L, new BigDecimal("0.45"), new BigDecimal("6553.6"), null));
    }

    private static void decimal(SchemaElement element, int precision, int scale) {
        element.setConverted_type(ConvertedType.DECIMAL);
        element.setPrecision(precision);
        element.setScale(scale);
    }

    @Test
    void readsDeltaEncodings() throws IOException {
        int count = 300;
        HandMadeFile file = new HandMadeFile(count, 3);
        int[] numbers = new int[count];
        int[] prefixes = new int[count];
        int[] lengths = new int[count];
        StringBuilder suffixes = new StringBuilder();
        String before = "";
        for (int i = 0; i < count; i++) {
            numbers[i] = i % 2 == 0 ? Integer.MIN_VALUE + i : Integer.MAX_VALUE - i;
            String value = "value " + i / 3;
            while (value.startsWith(before.substring(0, Math.min(prefixes[i] + 1, before.length())))
                    && prefixes[i] < Math.min(before.length(), value.length())) {
                prefixes[i]++;
            }
            lengths[i] = value.length() - prefixes[i];
            suffixes.append(value.substring(prefixes[i]));
            before = value;
        }
        byte[] text = suffixes.toString().getBytes(StandardCharsets.UTF_8);
        file.column("n", Type.INT32, Encoding.DELTA_BINARY_PACKED, deltas(numbers));
        file.column(
                        "w",
                        Type.BYTE_ARRAY,
                        Encoding.DELTA_BYTE_ARRAY,
                        join(deltas(prefixes), deltas(lengths), text))
                .setConverted_type(ConvertedType.UTF8);
        file.column(
                        "s",
                        Type.BYTE_ARRAY,
                        Encoding.DELTA_LENGTH_BYTE_ARRAY,
                        join(deltas(lengths), text))
                .setConverted_type(ConvertedType.UTF8);
        List<List<Object>> rows =
                rows(file, "n", "int", "w", "string", "s", "string").batchRows(70).read();
        int at = 0;
        for (int i = 0; i < count; i++) {
            assertThat(rows.get(i))
                    .containsExactly(
                            (long) numbers[i],
                            "value " + i / 3,
                            suffixes.substring(at, at + lengths[i]));
            at += lengths[i];
        }
    }

    @Test
    void readsListsOfTwoLevels() throws IOException {
        HandMadeFile file = new HandMadeFile(3, 3);
        // [1, 2], [], [3] in the three forms
        byte[] elements = join(levels(1, 0, 1, 0, 0), levels(2, 2, 2, 1, 2), ints(1, 2, 3));
        file.group("a", OPTIONAL, 1).setConverted_type(ConvertedType.LIST);
        file.leaf("array", REPEATED, Type.INT32);
        file.page(Type.INT32, Encoding.PLAIN, 4, elements);
        file.leaf("b", REPEATED, Type.INT32);
        file.page(
                Type.INT32,
                Encoding.PLAIN,
                4,
                join(levels(1, 0, 1, 0, 0), levels(1, 1, 1, 0, 1), ints(1, 2, 3)));
        file.group("c", OPTIONAL, 1).setConverted_type(ConvertedType.LIST);
        file.group("bag", REPEATED, 1);
        file.leaf("array_element", OPTIONAL, Type.INT32);
        file.page(
                Type.INT32,
                Encoding.PLAIN,
                4,
                join(levels(1, 0, 1, 0, 0), levels(3, 3, 2, 0, 3), ints(1, 3)));
        assertThat(rows(file, "a", "array<int>", "b", "array<int>", "c", "array<int>").read())
                .containsExactly(
                        List.of(List.of(1L, 2L), List.of(1L, 2L), Arrays.asList(1L, null)),
                        Arrays.asList(List.of(), List.of(), null),
                        List.of(List.of(3L), List.of(3L), List.of(3L)));
    }

    @Test
    void readsListsOfGroupsWithoutAnElement() throws IOException {
        HandMadeFile file = new HandMadeFile(1, 1);
        file.group("a", OPTIONAL, 1).setConverted_type(ConvertedType.LIST);
        file.group("array", REPEATED, 1);
        file.leaf("x", REQUIRED, Type.INT32);
        file.page(
                Type.INT32, Encoding.PLAIN, 2, join(levels(1, 0, 1), levels(2, 2, 2), ints(7, 8)));
        assertThat(rows(file, "a", "array<struct<x:int>>").read())
                .containsExactly(List.of(List.of(List.of(7L), List.of(8L))));
        assertThat(rows(file, "a", "array<struct<y:string,x:bigint>>").read())
                .containsExactly(
                        List.of(List.of(Arrays.asList(null, 7L), Arrays.asList(null, 8L))));
    }

    @Test
    void refusesWhatItCannotDecode() throws IOException {
        HandMadeFile file = new HandMadeFile(1, 2);
        file.column("w", Type.BYTE_ARRAY, Encoding.DELTA_BINARY_PACKED, deltas(1));
        file.column("d", Type.INT32, Encoding.PLAIN_DICTIONARY, new byte[] {1, 2, 0});
        assertThatThrownBy(() -> rows(file, "w", "string").read())
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED))
                .hasMessageEndingWith("column w: encoding DELTA_BINARY_PACKED of type BYTE_ARRAY");
        assertThatThrownBy(() -> rows(file, "d", "int").read())
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT_FILE))
                .hasMessageEndingWith("dictionary indexes without a dictionary");
    }
}
