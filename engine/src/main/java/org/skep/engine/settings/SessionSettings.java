package org.skep.engine.settings;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skep.base.config.ConfigKey;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.parser.VariableLookup;

/**
 * What a session has set: settings and variables. A name that is not declared is accepted, as Hive
 * accepts it. Guarded by itself; {@link #copy} gives a statement its own.
 */
public final class SessionSettings implements VariableLookup {
    private static final String SYSTEM_PREFIX = "skep.";

    private final Map<String, String> initial;
    private final Map<String, String> values;
    private final Map<String, String> variables;

    /** The settings of a new session. */
    public SessionSettings(Map<String, String> initial) {
        this.initial = Map.copyOf(initial);
        this.values = new TreeMap<>(initial);
        this.variables = new TreeMap<>();
    }

    private SessionSettings(SessionSettings other) {
        initial = other.initial;
        values = new TreeMap<>(other.values);
        variables = new TreeMap<>(other.variables);
    }

    /** The settings as they are now. */
    public synchronized SessionSettings copy() {
        return new SessionSettings(this);
    }

    /** The value of a declared setting. */
    public <T> T get(ConfigKey<T> key) {
        return key.read(find(key.name()).orElse(key.defaultText()));
    }

    /** The text of any setting: what was set, or the declared default. */
    public synchronized Optional<String> find(String name) {
        String value = values.get(name);
        if (value == null && name.startsWith(SYSTEM_PREFIX)) {
            value = System.getProperty(name);
        }
        return value != null
                ? Optional.of(value)
                : SettingKeys.find(name).map(ConfigKey::defaultText);
    }

    /**
     * Sets a setting or, under the prefix {@code hivevar:}, a variable.
     *
     * @throws SkepException INVALID_OPTION if a declared setting cannot have that value
     */
    public synchronized void set(String name, String value) {
        int colon = name.indexOf(':');
        String prefix = colon < 0 ? "" : name.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = name.substring(colon + 1);
        switch (prefix) {
            case "hivevar" -> variables.put(rest, value);
            case "env" ->
                    throw new SkepException(
                            ErrorCode.INVALID_OPTION, "Environment must not be changed: " + name);
            case "system" ->
                    throw new SkepException(
                            ErrorCode.INVALID_OPTION,
                            "System properties must not be changed: " + name);
            case "hiveconf", "metaconf" -> setValue(rest, value);
            default -> setValue(name, value);
        }
    }

    private void setValue(String name, String value) {
        SettingKeys.find(name).ifPresent(key -> key.read(value));
        if (name.equals(SettingKeys.TIME_ZONE.name())) {
            zoneOf(value);
        }
        values.put(name, value);
    }

    /** Sets everything back to how the session began. */
    public synchronized void reset() {
        values.clear();
        values.putAll(initial);
    }

    /** Sets one setting back to how the session began. */
    public synchronized void reset(String name) {
        values.remove(name);
        if (initial.containsKey(name)) {
            values.put(name, initial.get(name));
        }
    }

    /** Sets one setting back to its default. */
    public synchronized void resetToDefault(String name) {
        values.remove(name);
    }

    /** What was set, by name, sorted. */
    public synchronized Map<String, String> changed() {
        return new TreeMap<>(values);
    }

    /** The variables, by name, sorted. */
    public synchronized Map<String, String> variables() {
        return new TreeMap<>(variables);
    }

    /** The time zone. */
    public ZoneId zone() {
        return zoneOf(get(SettingKeys.TIME_ZONE));
    }

    private static ZoneId zoneOf(String name) {
        if (name.equalsIgnoreCase("local")) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(name.trim(), ZoneId.SHORT_IDS);
        } catch (DateTimeException e) {
            throw new SkepException(ErrorCode.INVALID_OPTION, "Time zone not found: " + name, e);
        }
    }

    @Override
    public synchronized Optional<String> value(Namespace namespace, String name) {
        return switch (namespace) {
            case HIVECONF -> find(name);
            case HIVEVAR -> Optional.ofNullable(variables.get(name));
            case SYSTEM -> Optional.ofNullable(System.getProperty(name));
            case ENV -> Optional.ofNullable(System.getenv(name));
        };
    }
}
