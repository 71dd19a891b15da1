package org.skep.parser.command;

import java.util.List;

/** A statement that is a command to the session and not SQL. Immutable. */
public sealed interface Command {
    /** Calls the method of {@code visitor} that is for this command. */
    <R> R accept(Visitor<R> visitor);

    /** One method a kind, and no default, so that a new kind is noticed everywhere. */
    interface Visitor<R> {
        R setVariable(SetVariable command);

        R showVariable(ShowVariable command);

        R showVariables(ShowVariables command);

        R setTimeZone(SetTimeZone command);

        R reset(Reset command);

        R resource(Resource command);

        R dfs(Dfs command);

        R reload(Reload command);

        R other(Other command);
    }

    /** {@code SET k=v}; the name may have a prefix such as {@code hivevar:}. */
    record SetVariable(String name, String value) implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setVariable(this);
        }
    }

    /** {@code SET k}. */
    record ShowVariable(String name) implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.showVariable(this);
        }
    }

    /** {@code SET}, or {@code SET -v} for all with their defaults. */
    record ShowVariables(boolean verbose) implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.showVariables(this);
        }
    }

    /** {@code SET TIME ZONE z}; quotes around the zone are gone. */
    record SetTimeZone(String zone) implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setTimeZone(this);
        }
    }

    /**
     * {@code RESET}: all settings if no name is given, and to the default rather than to the
     * session's start with -d.
     */
    record Reset(boolean toDefault, List<String> names) implements Command {
        public Reset {
            names = List.copyOf(names);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.reset(this);
        }
    }

    /** {@code ADD|LIST|DELETE JAR|FILE|ARCHIVE paths}. */
    record Resource(Action action, Kind kind, List<String> paths) implements Command {
        /** What is done with the files. */
        public enum Action {
            ADD,
            LIST,
            DELETE
        }

        /** Which files. */
        public enum Kind {
            JAR,
            FILE,
            ARCHIVE
        }

        public Resource {
            paths = List.copyOf(paths);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.resource(this);
        }
    }

    /** {@code DFS arguments}. */
    record Dfs(List<String> arguments) implements Command {
        public Dfs {
            arguments = List.copyOf(arguments);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.dfs(this);
        }
    }

    /** {@code RELOAD}: load the auxiliary jars again. */
    record Reload() implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.reload(this);
        }
    }

    /** A command that Hive has and Skep has not; the name is its first word in upper case. */
    record Other(String name, String text) implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.other(this);
        }
    }
}
