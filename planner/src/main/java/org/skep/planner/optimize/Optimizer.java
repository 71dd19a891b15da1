package org.skep.planner.optimize;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.ChainedRelMetadataProvider;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.ReflectiveRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.rules.HyperGraph;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql2rel.TopDownGeneralDecorrelator;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;

/**
 * Rewrites algebra so that it costs less and means the same, in this order: subqueries become
 * joins, conditions go down, joins are ordered, conditions go down again. A query with one table
 * and nothing to push skips it all, which saves the start of Calcite's planner. Confined to one
 * thread.
 */
public final class Optimizer {
    // Up to here every order of joins is tried; above, a greedy heuristic serves.
    private static final int MAX_EXHAUSTIVE = 11;

    private static final RelBuilder.Config CONFIG =
            RelBuilder.Config.DEFAULT
                    .withSimplify(false)
                    .withSimplifyLimit(false)
                    .withSimplifyValues(false)
                    .withPruneInputOfAggregate(false)
                    .withBloat(100);

    private static final RelBuilderFactory BUILDER = RelBuilder.proto(Contexts.of(CONFIG));

    private final RelOptCluster cluster;

    /** An optimiser for the algebra of one cluster. */
    public Optimizer(RelOptCluster cluster) {
        this.cluster = cluster;
    }

    /** The best form of a query. */
    public RelNode optimize(RelNode rel) {
        Shape shape = Shape.of(rel);
        if (!shape.subqueries && shape.joins == 0 && !shape.filtersAboveOthers) {
            return rel;
        }
        installMetadata();
        RelNode result = rel;
        if (shape.subqueries) {
            result =
                    run(
                            result,
                            CoreRules.FILTER_SUB_QUERY_TO_MARK_CORRELATE,
                            CoreRules.PROJECT_SUB_QUERY_TO_MARK_CORRELATE,
                            CoreRules.JOIN_SUB_QUERY_TO_CORRELATE);
            if (Shape.of(result).correlates) {
                result =
                        TopDownGeneralDecorrelator.decorrelateQuery(
                                result, BUILDER.create(cluster, null));
            }
            result =
                    run(
                            result,
                            CoreRules.PROJECT_MERGE,
                            CoreRules.PROJECT_REMOVE,
                            CoreRules.FILTER_MERGE,
                            CoreRules.MARK_TO_SEMI_OR_ANTI_JOIN_RULE);
        }
        result = withFactors(result);
        result = pushDown(result);
        int relations = Shape.of(result).joins + 1;
        if (relations > 2) {
            result = ordered(result, relations);
            result = pushDown(result);
        }
        return withFactors(result);
    }

    private void installMetadata() {
        RelMetadataProvider provider = Metadata.PROVIDER;
        cluster.setMetadataProvider(provider);
        RelMetadataQueryBase.THREAD_PROVIDERS.set(JaninoRelMetadataProvider.of(provider));
        cluster.invalidateMetadataQuery();
    }

    private static final class Metadata {
        static final RelMetadataProvider PROVIDER =
                ChainedRelMetadataProvider.of(
                        List.of(
                                ReflectiveRelMetadataProvider.reflectiveSource(
                                        new RowCounts(), BuiltInMetadata.RowCount.Handler.class),
                                ReflectiveRelMetadataProvider.reflectiveSource(
                                        new DistinctCounts(),
                                        BuiltInMetadata.DistinctRowCount.Handler.class),
                                ReflectiveRelMetadataProvider.reflectiveSource(
                                        new Selectivities(),
                                        BuiltInMetadata.Selectivity.Handler.class),
                                DefaultRelMetadataProvider.INSTANCE));
    }

    private RelNode pushDown(RelNode rel) {
        return run(
                rel,
                CoreRules.FILTER_INTO_JOIN,
                CoreRules.JOIN_CONDITION_PUSH,
                CoreRules.FILTER_PROJECT_TRANSPOSE,
                CoreRules.FILTER_AGGREGATE_TRANSPOSE,
                CoreRules.FILTER_SET_OP_TRANSPOSE,
                CoreRules.FILTER_MERGE,
                CoreRules.PROJECT_MERGE,
                CoreRules.PROJECT_REMOVE);
    }

    private RelNode ordered(RelNode rel, int relations) {
        if (relations <= MAX_EXHAUSTIVE) {
            RelNode result = orderExhaustively(rel);
            if (!hasHyperGraph(result)) {
                return result;
            }
        }
        return orderGreedily(rel);
    }

    // The enumeration gives up on large stars and leaves its own node behind.
    private static boolean hasHyperGraph(RelNode rel) {
        return rel instanceof HyperGraph
                || rel.getInputs().stream().anyMatch(Optimizer::hasHyperGraph);
    }

    private RelNode orderExhaustively(RelNode rel) {
        HepProgramBuilder program = new HepProgramBuilder();
        program.addMatchOrder(HepMatchOrder.BOTTOM_UP);
        program.addRuleInstance(ours(CoreRules.JOIN_TO_HYPER_GRAPH));
        program.addRuleInstance(ours(CoreRules.HYPER_GRAPH_OPTIMIZE));
        return run(rel, program);
    }

    private RelNode orderGreedily(RelNode rel) {
        HepProgramBuilder program = new HepProgramBuilder();
        program.addMatchOrder(HepMatchOrder.BOTTOM_UP);
        program.addRuleInstance(ours(CoreRules.JOIN_TO_MULTI_JOIN));
        program.addRuleCollection(
                List.of(
                        ours(CoreRules.PROJECT_MULTI_JOIN_MERGE),
                        ours(CoreRules.FILTER_MULTI_JOIN_MERGE)));
        program.addRuleInstance(ours(CoreRules.MULTI_JOIN_OPTIMIZE));
        return run(rel, program);
    }

    private RelNode run(RelNode rel, RelOptRule... rules) {
        List<RelOptRule> own = new ArrayList<>();
        for (RelOptRule rule : rules) {
            own.add(ours(rule));
        }
        return run(rel, new HepProgramBuilder().addRuleCollection(own));
    }

    private RelNode run(RelNode rel, HepProgramBuilder program) {
        HepPlanner planner = new HepPlanner(program.build(), Contexts.empty());
        planner.setRoot(rel);
        return planner.findBestExp();
    }

    // The same rule building nodes without Calcite's simplifications, which follow SQL's semantics
    // rather than Hive's.
    private static RelOptRule ours(RelOptRule rule) {
        if (rule instanceof RelRule<?> configured) {
            return configured.config.withRelBuilderFactory(BUILDER).toRule();
        }
        return rule;
    }

    // (a and b) or (a and c)  ->  a and (b or c)
    // (a is null and b is null) or a = b  ->  a is not distinct from b
    private static RelNode withFactors(RelNode rel) {
        return rel.accept(
                new RelHomogeneousShuttle() {
                    @Override
                    public RelNode visit(RelNode other) {
                        RelNode node =
                                super.visit(other)
                                        .accept(new Collapser(other.getCluster().getRexBuilder()));
                        if (node instanceof Filter filter) {
                            RexNode factored =
                                    RexUtil.pullFactors(
                                            node.getCluster().getRexBuilder(),
                                            filter.getCondition());
                            return factored.equals(filter.getCondition())
                                    ? filter
                                    : filter.copy(
                                            filter.getTraitSet(), filter.getInput(), factored);
                        }
                        return node;
                    }
                });
    }

    /**
     * Writes a null-safe equality as one operator again where a rule wrote it out, so that joins
     * see their key.
     */
    private static final class Collapser extends RexShuttle {
        private final RexBuilder rex;

        Collapser(RexBuilder rex) {
            this.rex = rex;
        }

        @Override
        public RexNode visitCall(RexCall call) {
            RexNode node = super.visitCall(call);
            return node instanceof RexCall inner
                    ? RelOptUtil.collapseExpandedIsNotDistinctFromExpr(inner, rex)
                    : node;
        }
    }

    /** What there is in a query. */
    private static final class Shape {
        private boolean subqueries;
        private boolean correlates;
        private boolean filtersAboveOthers;
        private int joins;

        static Shape of(RelNode rel) {
            Shape shape = new Shape();
            shape.look(rel);
            return shape;
        }

        private void look(RelNode rel) {
            if (rel instanceof Join join) {
                joins++;
                subqueries |= RexUtil.SubQueryFinder.find(join.getCondition()) != null;
            } else if (rel instanceof Correlate) {
                correlates = true;
            } else if (rel instanceof Filter filter) {
                subqueries |= RexUtil.SubQueryFinder.find(filter.getCondition()) != null;
                filtersAboveOthers |= !(filter.getInput() instanceof TableScan);
            } else if (rel instanceof Project project) {
                subqueries |= RexUtil.SubQueryFinder.find(project.getProjects()) != null;
            }
            rel.getInputs().forEach(this::look);
        }
    }
}
