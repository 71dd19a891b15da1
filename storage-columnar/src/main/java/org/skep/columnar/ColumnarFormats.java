package org.skep.columnar;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.columnar.orc.OrcFormat;
import org.skep.columnar.parquet.ParquetFormat;
import org.skep.columnar.text.CsvFormat;
import org.skep.columnar.text.JsonFormat;
import org.skep.columnar.text.RegexFormat;
import org.skep.columnar.text.TextFormat;
import org.skep.storage.TableFormat;
import org.skep.storage.TableFormats;

/** All file formats of this module by name. Safe for use by many threads. */
public final class ColumnarFormats implements TableFormats {
    private final Map<String, TableFormat> formats = new TreeMap<>();

    /** The formats that ship with Skep. */
    public ColumnarFormats() {
        add(new TextFormat());
        add(new CsvFormat());
        add(new JsonFormat());
        add(new RegexFormat());
        add(new ParquetFormat());
        add(new OrcFormat());
    }

    private void add(TableFormat format) {
        formats.put(format.name(), format);
    }

    /** The names of all formats, sorted. */
    public Set<String> names() {
        return Set.copyOf(formats.keySet());
    }

    @Override
    public TableFormat named(String name) {
        TableFormat format = formats.get(name);
        if (format == null) {
            throw new SkepException(ErrorCode.NOT_SUPPORTED, "File format not supported: " + name);
        }
        return format;
    }
}
