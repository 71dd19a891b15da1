package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.Context;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.metastore.Table;
import org.skep.parser.ast.FunctionStatement;
import org.skep.parser.ast.Identifier;
import org.skep.planner.environment.PlanEnvironment;
import org.skep.planner.rel.RelTypes;

/**
 * What the binders of one statement share: Calcite's cluster, the environment, what was read, and
 * how the text would have to change to mean the same in any database. Confined to one thread.
 */
public final class BindSession {
    /** A piece of the statement's text and what to write instead. */
    public record Replacement(int start, int end, String text) {}

    private final PlanEnvironment environment;
    private final RelTypes types = new RelTypes();
    private final RelOptCluster cluster;
    private final RexFactory rex;
    private final List<Table> tablesRead = new ArrayList<>();
    private final List<Replacement> replacements = new ArrayList<>();
    private int viewDepth;
    private int commonTableDepth;
    private int macroDepth;
    private String hiddenMacro = "";

    /** Begins to bind a statement. */
    public BindSession(PlanEnvironment environment) {
        this.environment = environment;
        Context none = Contexts.empty();
        cluster =
                RelOptCluster.create(
                        new HepPlanner(HepProgram.builder().build(), none),
                        new RexBuilder(types.factory()));
        rex = new RexFactory(cluster, types, environment);
    }

    /** Calcite's cluster. */
    public RelOptCluster cluster() {
        return cluster;
    }

    /** Makes typed expressions. */
    public RexFactory rex() {
        return rex;
    }

    /** Hive's types as Calcite's. */
    public RelTypes types() {
        return types;
    }

    PlanEnvironment environment() {
        return environment;
    }

    /** Tables and views that were read, in the order of reading. */
    public List<Table> tablesRead() {
        return tablesRead;
    }

    void read(Table table) {
        tablesRead.add(table);
    }

    /** Enters the text of a view, whose pieces are not of this statement's text. */
    void enterView(Table view) {
        viewDepth++;
        if (viewDepth > 100) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR, "View refers to itself: " + view.qualifiedName());
        }
    }

    /**
     * Enters the query of a common table, which may refer to others but not, by way of them, to
     * itself.
     */
    void enterCommonTable(Identifier name) {
        commonTableDepth++;
        if (commonTableDepth > 100) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    name.location(),
                    "Recursive cte detected: " + name.name());
        }
    }

    void leaveCommonTable() {
        commonTableDepth--;
    }

    /** A macro that may be called here. */
    Optional<FunctionStatement.CreateMacro> macro(String name) {
        return name.equals(hiddenMacro) ? Optional.empty() : environment.macro(name);
    }

    /** Lets a macro be called no more: it is being defined. */
    void hideMacro(String name) {
        hiddenMacro = name;
    }

    /** Enters the text of a macro, which may call others but not, by way of them, itself. */
    void enterMacro(String name) {
        viewDepth++;
        macroDepth++;
        if (macroDepth > 100) {
            throw new SkepException(ErrorCode.SEMANTIC_ERROR, "Macro calls itself: " + name);
        }
    }

    void leaveMacro() {
        macroDepth--;
        viewDepth--;
    }

    void leaveView() {
        viewDepth--;
    }

    void replace(int start, int end, String text) {
        if (viewDepth == 0) {
            replacements.add(new Replacement(start, end, text));
        }
    }

    /**
     * A piece of the statement's text with names of tables qualified and stars written out.
     *
     * @param statement the whole text that was parsed
     */
    public String expandedText(String statement, int start, int end) {
        StringBuilder text = new StringBuilder();
        int at = start;
        List<Replacement> sorted = new ArrayList<>(replacements);
        sorted.sort(java.util.Comparator.comparingInt(Replacement::start));
        for (Replacement replacement : sorted) {
            if (replacement.start() >= at && replacement.end() <= end) {
                text.append(statement, at, replacement.start()).append(replacement.text());
                at = replacement.end();
            }
        }
        return text.append(statement, at, end).toString();
    }

    /** One row of no columns. */
    RelNode oneRow() {
        return new org.skep.planner.rel.ValuesRel(
                cluster, types.row(List.of(), List.of()), List.of(List.of()));
    }
}
