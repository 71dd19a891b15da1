package org.skep.parser.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.base.error.SkepException;
import org.skep.parser.command.Command.Resource.Action;
import org.skep.parser.command.Command.Resource.Kind;

final class CommandRecognizerTest {
    private final CommandRecognizer recognizer = new CommandRecognizer();

    private void check(String text, Command expected) {
        assertThat(recognizer.recognize(text)).as(text).contains(expected);
    }

    @Test
    void readsSettings() {
        check("set", new Command.ShowVariables(false));
        check("SET -v", new Command.ShowVariables(true));
        check("set hive.x", new Command.ShowVariable("hive.x"));
        check("set hive.x = a=b ", new Command.SetVariable("hive.x", "a=b"));
        check("set\n hivevar:x=", new Command.SetVariable("hivevar:x", ""));
        check("set role=x", new Command.SetVariable("role", "x"));
        check("set time zone 'US/Pacific'", new Command.SetTimeZone("US/Pacific"));
        check("SET TIME ZONE local", new Command.SetTimeZone("local"));
    }

    @Test
    void readsResets() {
        check("reset", new Command.Reset(false, List.of()));
        check("reset a b", new Command.Reset(false, List.of("a", "b")));
        check("reset -d a", new Command.Reset(true, List.of("a")));
    }

    @Test
    void readsResources() {
        check("add jar /a/b.jar", new Command.Resource(Action.ADD, Kind.JAR, List.of("/a/b.jar")));
        check(
                "ADD FILES 'a b' c",
                new Command.Resource(Action.ADD, Kind.FILE, List.of("a b", "c")));
        check("list jars", new Command.Resource(Action.LIST, Kind.JAR, List.of()));
        check("delete archive x", new Command.Resource(Action.DELETE, Kind.ARCHIVE, List.of("x")));
    }

    @Test
    void readsTheOthers() {
        check("dfs -ls  /tmp", new Command.Dfs(List.of("-ls", "/tmp")));
        check("reload", new Command.Reload());
        check("llap cluster -info", new Command.Other("LLAP", "llap cluster -info"));
    }

    @Test
    void leavesSqlAlone() {
        List<String> statements =
                List.of(
                        "select 1",
                        "set role admin",
                        "set autocommit true",
                        "delete from t",
                        "DELETE\nFROM t",
                        "reload functions",
                        "settings",
                        "add_months(x)",
                        "");
        for (String statement : statements) {
            assertThat(recognizer.recognize(statement)).as(statement).isEmpty();
        }
    }

    @Test
    void refusesMalformedCommands() {
        List<String> commands =
                List.of("set =x", "reset -d", "add jar", "add x y", "delete t", "list");
        for (String command : commands) {
            assertThatThrownBy(() -> recognizer.recognize(command))
                    .as(command)
                    .isInstanceOf(SkepException.class);
        }
    }
}
