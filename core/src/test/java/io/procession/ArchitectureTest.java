package io.procession;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.procession.task.Task;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The order of the layers, and what no class of core may touch. */
class ArchitectureTest {
    private static final String ROOT = "io.procession.";

    /** From the bottom to the top. A package imports only what stands before it; one that is not here yet gets its place here first. */
    private static final List<String> LAYERS = List.of(
            "task",
            "transport",
            "transport.queue",
            "transport.gather",
            "transport.guest",
            "codec",
            "internal.family",
            "internal.codec",
            "internal.connection",
            "internal.hosting",
            "internal.child",
            "process",
            "internal.queue",
            "queue",
            "internal.pool",
            "pool");

    /** Core itself, without tests and without what else of ours is on the class path. */
    private static final JavaClasses CORE = new ClassFileImporter()
            .importUrl(Task.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        Set<String> packages = new TreeSet<>();
        CORE.forEach(each -> packages.add(layer(each)));
        assertThat(LAYERS).containsAll(packages);
    }

    @Test
    void aPackageImportsOnlyThoseBelowIt() {
        classes().should(new ImportOnlyLowerLayers()).check(CORE);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.procession.(**)").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void internalsImportNothingOfTheApiAboveThem() {
        noClasses()
                .that()
                .resideInAPackage("io.procession.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.procession.queue..", "io.procession.pool..")
                .check(CORE);
    }

    @Test
    void onlyChildrenTheirOutputAndTheExitReachTheStandardStreams() {
        // What the hooks of a worker throw is what it says last: its pool keeps the end of its stderr.
        noClasses()
                .that()
                .resideOutsideOfPackage("io.procession.internal.child")
                .and()
                .doNotHaveFullyQualifiedName("io.procession.internal.family.ExitSequence$Hook")
                .and()
                .doNotHaveFullyQualifiedName("io.procession.internal.pool.Initialization")
                .and()
                .doNotHaveFullyQualifiedName("io.procession.internal.pool.Finalization")
                .should(ACCESS_STANDARD_STREAMS)
                .check(CORE);
    }

    @Test
    void nobodyUsesWhatIsNotForUs() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "sun..", "jdk.internal..", "com.sun..")
                .check(CORE);
    }

    @Test
    void everyPackageIsDescribedAndNullMarked() throws ClassNotFoundException {
        Set<String> packages = new TreeSet<>();
        CORE.forEach(each -> packages.add(each.getPackageName()));
        for (String name : packages) {
            if (name.startsWith(ROOT)) {
                assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class))
                        .as("%s is @NullMarked in its package-info", name)
                        .isTrue();
            }
        }
    }

    @Test
    void typesOfTheApiAreEitherClosedToInheritanceOrMadeForIt() {
        classes()
                .that()
                .resideOutsideOfPackage("io.procession.internal..")
                .and()
                .arePublic()
                .and()
                .areNotAssignableTo(Throwable.class)
                .should(new BeClosedOrMeantToBeExtended())
                .check(CORE);
    }

    private static String layer(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
    }

    private static final class ImportOnlyLowerLayers extends ArchCondition<JavaClass> {
        ImportOnlyLowerLayers() {
            super("import only lower layers: " + LAYERS);
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            int own = LAYERS.indexOf(layer(type));
            type.getDirectDependenciesFromSelf().forEach(dependency -> {
                JavaClass target = dependency.getTargetClass();
                if (target.getPackageName().startsWith(ROOT) && LAYERS.indexOf(layer(target)) > own) {
                    events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                }
            });
        }
    }

    private static final class BeClosedOrMeantToBeExtended extends ArchCondition<JavaClass> {
        BeClosedOrMeantToBeExtended() {
            super("be final, sealed, abstract or an interface");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            Class<?> reflected = type.reflect();
            boolean decided = Modifier.isAbstract(reflected.getModifiers())
                    || Modifier.isFinal(reflected.getModifiers())
                    || reflected.isSealed()
                    || reflected.isEnum();
            if (!decided) {
                events.add(SimpleConditionEvent.violated(type, type.getDescription() + " can be extended by anybody"));
            }
        }
    }
}
