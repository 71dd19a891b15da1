package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexNode;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.FunctionStatement;
import org.skep.parser.ast.MacroParameter;
import org.skep.planner.rel.ValuesRel;
import org.skep.types.DataType;

/**
 * Macros: expressions with parameters, written out where they are called. Confined to one thread.
 */
final class Macros {
    private final QueryBinder queries;
    private final RexFactory rex;

    Macros(QueryBinder queries) {
        this.queries = queries;
        rex = queries.session().rex();
    }

    /** The body with the arguments, cast to the types of the parameters, in their places. */
    RexNode expand(
            FunctionStatement.CreateMacro macro,
            List<RexNode> arguments,
            Expression.FunctionCall call) {
        List<MacroParameter> parameters = macro.parameters();
        if (arguments.size() != parameters.size()) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    call.location(),
                    "The macro %s accepts exactly %d arguments."
                            .formatted(call.name(), parameters.size()));
        }
        Map<String, RexNode> values = new HashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            MacroParameter parameter = parameters.get(i);
            values.put(
                    parameter.name().name(),
                    rex.cast(arguments.get(i), TypeNameBinder.bind(parameter.type())));
        }
        BindSession session = queries.session();
        session.enterMacro(call.name().toString());
        try {
            Scope none = new Scope(session.oneRow(), List.of(), null);
            return new ExpressionBinder(rex, queries, none, null, null)
                    .seeing(values, true)
                    .bind(macro.body());
        } catch (SkepException e) {
            // Places in the macro's text are none of the statement's.
            throw new SkepException(e.code(), call.location(), e.getMessage(), e);
        } finally {
            session.leaveMacro();
        }
    }

    /**
     * Looks whether a macro can be called.
     *
     * @throws SkepException SEMANTIC_ERROR if two parameters have one name or one is not used, and
     *     whatever is wrong with the body
     */
    void check(FunctionStatement.CreateMacro macro) {
        List<String> names = new ArrayList<>();
        List<DataType> types = new ArrayList<>();
        List<ScopeColumn> columns = new ArrayList<>();
        for (MacroParameter parameter : macro.parameters()) {
            String name = parameter.name().name();
            DataType type = TypeNameBinder.bind(parameter.type());
            if (names.contains(name)) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR,
                        parameter.name().location(),
                        "Parameter of macro is defined twice: " + name);
            }
            columns.add(new ScopeColumn(null, null, name, type, names.size(), false));
            names.add(name);
            types.add(type);
        }
        BindSession session = queries.session();
        ValuesRel row =
                new ValuesRel(session.cluster(), session.types().row(names, types), List.of());
        session.hideMacro(macro.name().toString());
        RexNode body =
                new ExpressionBinder(rex, queries, new Scope(row, columns, null), null, null)
                        .bind(macro.body());
        var used = RelOptUtil.InputFinder.bits(List.of(body), null);
        for (int i = 0; i < names.size(); i++) {
            if (!used.get(i)) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR,
                        macro.parameters().get(i).name().location(),
                        "Macro does not use its parameter: " + names.get(i));
            }
        }
    }
}
