package org.skep.functions.time;

import java.util.List;
import java.util.Locale;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.EvalContext;
import org.skep.functions.row.Flat;
import org.skep.types.DataType;
import org.skep.types.text.ByteSink;
import org.skep.types.text.CivilDate;
import org.skep.types.text.DateText;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** Rounding of points in time down to a unit; {@code trunc} of dates. Stateless. */
public final class DateTruncation {
    /** Units of time, down to which points are rounded. */
    enum Unit {
        YEAR("2020-01-01 00:00:00"),
        QUARTER("2020-04-01 00:00:00"),
        MONTH("2020-05-01 00:00:00"),
        WEEK("2020-05-11 00:00:00"),
        DAY("2020-05-17 00:00:00"),
        HOUR("2020-05-17 10:00:00"),
        MINUTE("2020-05-17 10:11:00"),
        SECOND("2020-05-17 10:11:12");

        private final String exampleFloor;

        Unit(String exampleFloor) {
            this.exampleFloor = exampleFloor;
        }

        /** What 2020-05-17 10:11:12.5 is rounded to, for the reference pages. */
        String exampleFloor() {
            return exampleFloor;
        }

        long floor(long micros) {
            return switch (this) {
                case YEAR, QUARTER, MONTH, WEEK, DAY ->
                        floorDay(CivilDate.daysOfMicros(micros)) * CivilDate.MICROS_PER_DAY;
                case HOUR -> micros - Math.floorMod(micros, 3_600_000_000L);
                case MINUTE -> micros - Math.floorMod(micros, 60_000_000L);
                case SECOND -> micros - Math.floorMod(micros, 1_000_000L);
            };
        }

        long floorDay(long days) {
            long packed = CivilDate.fromDays(days);
            int year = CivilDate.year(packed);
            int month = CivilDate.month(packed);
            return switch (this) {
                case YEAR -> CivilDate.toDays(year, 1, 1);
                case QUARTER -> CivilDate.toDays(year, (month - 1) / 3 * 3 + 1, 1);
                case MONTH -> CivilDate.toDays(year, month, 1);
                case WEEK -> days - CivilDate.isoDayOfWeek(days) + 1;
                case DAY, HOUR, MINUTE, SECOND -> days;
            };
        }
    }

    private DateTruncation() {}

    /** Types {@code trunc} of a date and a unit. */
    public static Binding bind(List<Argument> arguments) {
        TimeArguments.requireCount("trunc", arguments, 2, 2);
        TimeArguments.requireTime("trunc", arguments, 0);
        TimeArguments.requireText("trunc", arguments, 1);
        return new Binding(List.of(DataType.DATE, DataType.STRING), DataType.STRING);
    }

    /** The kernel of {@code trunc} as bound here. */
    public static void evaluate(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        LongVector dates = Flat.longs(arguments[0]);
        int mask = Flat.mask(arguments[0]);
        BytesVector names = Flat.bytes(arguments[1]);
        int nameMask = Flat.mask(arguments[1]);
        ByteSink sink = new ByteSink();
        Unit unit = null;
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            if (k == 0 || nameMask != 0) {
                unit = unit(names.stringAt(i & nameMask));
            }
            if (unit == null) {
                out.setNull(i);
            } else {
                sink.reset();
                DateText.append(unit.floorDay(dates.values()[i & mask]), sink);
                ((BytesVector) out).set(i, sink.data(), 0, sink.length());
            }
        }
    }

    private static Unit unit(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "MONTH", "MON", "MM" -> Unit.MONTH;
            case "QUARTER", "Q" -> Unit.QUARTER;
            case "YEAR", "YYYY", "YY" -> Unit.YEAR;
            default -> null;
        };
    }
}
