package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.skep.base.config.ConfigKey;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.StatementContext;
import org.skep.engine.settings.SessionSettings;
import org.skep.engine.settings.SettingKeys;
import org.skep.parser.command.Command;

/** SET and the other commands that are not SQL. Confined to the statement's thread. */
final class CommandExecutor implements Command.Visitor<StatementResult> {
    private static final String COLUMN = "set";

    private final StatementContext context;
    private final SessionSettings settings;

    CommandExecutor(StatementContext context) {
        this.context = context;
        this.settings = context.session().settings();
    }

    @Override
    public StatementResult setVariable(Command.SetVariable command) {
        settings.set(command.name(), command.value());
        return Results.done(context);
    }

    @Override
    public StatementResult showVariable(Command.ShowVariable command) {
        String name = command.name();
        int colon = name.indexOf(':');
        String prefix = colon < 0 ? "" : name.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = name.substring(colon + 1);
        String value =
                switch (prefix) {
                    case "hivevar" -> settings.variables().get(rest);
                    case "system" -> System.getProperty(rest);
                    case "env" -> System.getenv(rest);
                    case "hiveconf", "metaconf" -> settings.find(rest).orElse(null);
                    default -> settings.find(name).orElse(null);
                };
        return Results.lines(
                context,
                COLUMN,
                List.of(value == null ? name + " is undefined" : name + "=" + value));
    }

    @Override
    public StatementResult showVariables(Command.ShowVariables command) {
        List<String> lines = new ArrayList<>();
        if (command.verbose()) {
            for (ConfigKey<?> key : SettingKeys.all()) {
                lines.add(key.name() + "=" + settings.find(key.name()).orElse(""));
            }
            settings.changed()
                    .forEach(
                            (name, value) -> {
                                if (SettingKeys.find(name).isEmpty()) {
                                    lines.add(name + "=" + value);
                                }
                            });
            lines.sort(null);
        } else {
            settings.changed().forEach((name, value) -> lines.add(name + "=" + value));
        }
        settings.variables().forEach((name, value) -> lines.add("hivevar:" + name + "=" + value));
        return Results.lines(context, COLUMN, lines);
    }

    @Override
    public StatementResult setTimeZone(Command.SetTimeZone command) {
        settings.set(SettingKeys.TIME_ZONE.name(), command.zone());
        return Results.done(context);
    }

    @Override
    public StatementResult reset(Command.Reset command) {
        if (command.names().isEmpty()) {
            settings.reset();
        }
        for (String name : command.names()) {
            if (command.toDefault()) {
                settings.resetToDefault(name);
            } else {
                settings.reset(name);
            }
        }
        return Results.done(context);
    }

    @Override
    public StatementResult resource(Command.Resource command) {
        if (command.action() == Command.Resource.Action.LIST) {
            return Results.lines(context, "resource", List.of());
        }
        throw unsupported(command.action() + " " + command.kind());
    }

    @Override
    public StatementResult dfs(Command.Dfs command) {
        throw unsupported("DFS");
    }

    @Override
    public StatementResult reload(Command.Reload command) {
        return Results.done(context);
    }

    @Override
    public StatementResult other(Command.Other command) {
        throw unsupported(command.name());
    }

    private static SkepException unsupported(String what) {
        return new SkepException(ErrorCode.NOT_SUPPORTED, what + " is not supported yet");
    }
}
