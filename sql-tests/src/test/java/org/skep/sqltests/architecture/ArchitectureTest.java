package org.skep.sqltests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.skep.parser.ast.Node;
import org.skep.plan.expression.Expression;
import org.skep.plan.node.PhysicalNode;

/** Which module may know which, and what no code may do. */
final class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.skep");

    // Modules by their first package below org.skep, with the ranks of the layers.
    private static final Map<String, Integer> RANKS =
            Map.ofEntries(
                    Map.entry("base", 0),
                    Map.entry("grammar", 0),
                    Map.entry("rpc", 0),
                    Map.entry("types", 1),
                    Map.entry("parser", 1),
                    Map.entry("jdbc", 1),
                    Map.entry("functions", 2),
                    Map.entry("storage", 2),
                    Map.entry("metastore", 2),
                    Map.entry("shell", 2),
                    Map.entry("plan", 3),
                    Map.entry("columnar", 3),
                    Map.entry("planner", 4),
                    Map.entry("executor", 4),
                    Map.entry("engine", 5),
                    Map.entry("server", 6),
                    Map.entry("benchmarks", 7),
                    Map.entry("dist", 7));

    // Frozen: these measure how long operators take, on which no answer depends; the driver sees
    // nothing of base.
    private static final DescribedPredicate<JavaClass> MAY_MEASURE =
            describe(
                    "may measure durations",
                    type ->
                            Set.of(
                                                    "org.skep.executor.local.TaskRun",
                                                    "org.skep.executor.operator.Operator")
                                            .contains(type.getName())
                                    || type.getPackageName().startsWith("org.skep.jdbc")
                                    || type.getPackageName().startsWith("org.skep.benchmarks"));

    private static String module(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith("org.skep.")) {
            return "";
        }
        String rest = name.substring("org.skep.".length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    @Test
    void seesAllModules() {
        TreeSet<String> found = new TreeSet<>();
        CLASSES.forEach(type -> found.add(module(type)));
        assertThat(found)
                .contains("base", "rpc", "types", "parser", "jdbc", "functions", "storage")
                .contains("metastore", "plan", "columnar", "planner", "executor", "engine")
                .contains("shell", "server");
        assertThat(RANKS.keySet()).containsAll(found);
    }

    @Test
    void modulesImportLowerRanksOnly() {
        TreeSet<String> violations = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            String from = module(type);
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String to = module(dependency.getTargetClass());
                if (!to.isEmpty() && !to.equals(from) && RANKS.get(to) >= RANKS.get(from)) {
                    violations.add(type.getName() + " -> " + dependency.getTargetClass().getName());
                }
            }
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("org.skep.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void noClassIsADumpingGround() {
        noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Misc|Common)$").check(CLASSES);
    }

    @Test
    void treesAreRecords() {
        classes()
                .that()
                .areAssignableTo(Node.class)
                .or()
                .areAssignableTo(PhysicalNode.class)
                .or()
                .areAssignableTo(Expression.class)
                .and()
                .areNotInterfaces()
                .should()
                .beRecords()
                .check(CLASSES);
    }

    @Test
    void everyFailureHasACode() {
        GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CLASSES);
    }

    @Test
    void tasksKnowNothingOfPlanning() {
        forbid(
                "org.skep.executor..",
                "org.skep.planner..",
                "org.skep.parser..",
                "org.skep.metastore..",
                "org.apache.calcite..",
                "org.antlr..",
                "org.apache.zookeeper..",
                "org.apache.curator..");
        forbid("org.skep.planner..", "org.skep.executor..", "org.skep.columnar..");
    }

    @Test
    void storagesKnowNothingOfPlans() {
        for (String storage : List.of("org.skep.storage..", "org.skep.columnar..")) {
            forbid(storage, "org.skep.plan..", "org.skep.planner..", "org.skep.metastore..");
        }
        forbid("org.skep.metastore..", "org.skep.storage..", "org.skep.columnar..");
    }

    @Test
    void driverAndShellStayApart() {
        for (String module : RANKS.keySet()) {
            if (!List.of("jdbc", "rpc").contains(module)) {
                forbid("org.skep.jdbc..", "org.skep.%s..".formatted(module));
            }
        }
    }

    @Test
    void librariesStayInTheirModules() {
        only("org.apache.calcite..", "planner");
        only("org.antlr..", "grammar", "parser");
        only("org.apache.zookeeper..", "metastore");
        only("org.apache.curator..", "metastore");
        only("org.jline..", "shell");
        only("org.apache.parquet..", "columnar");
        only("org.apache.hadoop..", "columnar");
        // Frozen: the statistics of an ORC file come as java.sql.Timestamp.
        only("java.sql..", "jdbc", "shell", "benchmarks", "columnar.orc");
    }

    private static void forbid(String from, String... to) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to)
                .allowEmptyShould(false)
                .check(CLASSES);
    }

    private static void only(String library, String... modules) {
        String[] packages = new String[modules.length];
        for (int i = 0; i < modules.length; i++) {
            packages[i] = "org.skep.%s..".formatted(modules[i]);
        }
        noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void timeComesFromTheClock() {
        outsideBase()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .check(CLASSES);
        outsideBase()
                .and(DescribedPredicate.not(MAY_MEASURE))
                .should()
                .callMethod(System.class, "nanoTime")
                .check(CLASSES);
    }

    @Test
    void chanceAndThreadsComeFromBase() {
        // Frozen: rand() without a seed promises nothing.
        outsideBase()
                .and(
                        describe(
                                "are not rand()",
                                type -> !type.getName().endsWith(".MathFunctions$Rand")))
                .should()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .check(CLASSES);
        DescribedPredicate<JavaConstructorCall> makesThread =
                describe(
                        "makes a thread",
                        call ->
                                call.getTargetOwner().isAssignableTo(Thread.class)
                                        && !call.getOriginOwner().isAssignableTo(Thread.class));
        outsideBase().should().callConstructorWhere(makesThread).check(CLASSES);
    }

    @Test
    void nobodyInterruptsOthers() {
        // An interrupt closes the file channels that threads share. A thread may restore its own.
        List<String> violations = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
                if (isOfThread(call, "interrupt") && !restoresItsOwn(call)) {
                    violations.add(call.getDescription());
                }
            }
        }
        assertThat(violations).isEmpty();
    }

    private static boolean restoresItsOwn(JavaMethodCall interrupt) {
        return interrupt.getOrigin().getMethodCallsFromSelf().stream()
                .anyMatch(
                        call ->
                                isOfThread(call, "currentThread")
                                        && call.getLineNumber() == interrupt.getLineNumber());
    }

    private static boolean isOfThread(JavaMethodCall call, String name) {
        return call.getTargetOwner().isEquivalentTo(Thread.class) && call.getName().equals(name);
    }

    private static GivenClassesConjunction outsideBase() {
        return noClasses().that(DescribedPredicate.not(resideInAnyPackage("org.skep.base..")));
    }
}
