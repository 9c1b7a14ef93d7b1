package dev.mlk;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine.Command;

/** The walls between the parts, and why each stands. */
final class ArchitectureTest {
  /** A program of its own: what stands between the networks of pods and of the machine. */
  private static final String GATEWAY = "dev.mlk.practice.node.network.Gateway";

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.mlk");

  private static final String[] COMMAND_LINE = {
    "dev.mlk",
    "dev.mlk.app..",
    "dev.mlk.board..",
    "dev.mlk.console..",
    "dev.mlk.problem..",
    "dev.mlk.format..",
    "dev.mlk.connect..",
    "dev.mlk.cluster..",
    "dev.mlk.operator..",
    "dev.mlk.gpu..",
    "dev.mlk.job..",
    "dev.mlk.manifest..",
    "dev.mlk.metrics..",
    "dev.mlk.template..",
    "dev.mlk.sweep..",
    "dev.mlk.course.."
  };

  /** A command, and what is written inside it: lambdas' helpers, records. */
  private static final DescribedPredicate<JavaClass> COMMAND =
      new DescribedPredicate<>("a command") {
        @Override
        public boolean test(JavaClass type) {
          return type.isAnnotatedWith(Command.class)
              || type.getEnclosingClass().map(this::test).orElse(false);
        }
      };

  @TestFactory
  Stream<DynamicTest> walls() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    parts(rules);
    practice(rules);
    commandLine(rules);
    surroundings(rules);
    return rules.entrySet().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(ALL)));
  }

  private static void parts(Map<String, ArchRule> rules) {
    rules.put(
        "packages have no cycles",
        slices()
            .matching("dev.mlk.(*)..")
            .should()
            .beFreeOfCycles()
            .because("what depends on each other is one thing"));
    rules.put(
        "the client knows nothing of the rest",
        classes()
            .that()
            .resideInAPackage("dev.mlk.kube..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.mlk.kube..", "java..", "javax.net..", "tools.jackson..")
            .because("every part stands on it, on the start path of every command"));
    rules.put(
        "the reader of event files knows nothing of the rest",
        classes()
            .that()
            .resideInAPackage("dev.mlk.events..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.mlk.events..", "java..")
            .because("it is a library for any program, and needs no jar"));
    rules.put(
        "the practice cluster knows neither operator nor command line",
        noClasses()
            .that()
            .resideInAPackage("dev.mlk.practice..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.mlk.tfjob..").or(resideInAnyPackage(COMMAND_LINE)))
            .because("it is an embedded Kubernetes for any operator and any test"));
    rules.put(
        "the operator knows neither practice cluster nor command line",
        noClasses()
            .that()
            .resideInAPackage("dev.mlk.tfjob..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.mlk.practice..").or(resideInAnyPackage(COMMAND_LINE)))
            .because("it runs against any API server, unchanged"));
    rules.put(
        "only the command line joins the two",
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.mlk.cluster..", "dev.mlk.practice..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.mlk.practice", "dev.mlk.practice.api..", "dev.mlk.practice.store..")
            .because("all others see a cluster through its API, whichever it is"));
  }

  private static void practice(Map<String, ArchRule> rules) {
    rules.put(
        "the store knows no HTTP",
        noClasses()
            .that()
            .resideInAPackage("dev.mlk.practice.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.helidon..", "dev.mlk.practice.api..", "java.net..")
            .because("versioned objects and their log can be tested without a server"));
    rules.put(
        "scheduler, controllers and nodes are ordinary clients of the API",
        noClasses()
            .that()
            .resideInAnyPackage(
                "dev.mlk.practice.scheduler..",
                "dev.mlk.practice.controller..",
                "dev.mlk.practice.node..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.mlk.practice",
                "dev.mlk.practice.api..",
                "dev.mlk.practice.store..",
                "io.helidon..",
                "io.fabric8..")
            .because("they work against any API server, and the suite proves it"));
  }

  private static void commandLine(Map<String, ArchRule> rules) {
    rules.put(
        "nobody uses app but the main class",
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.mlk", "dev.mlk.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.mlk.app..")
            .because("it puts everything together, so it would be a cycle"));
    rules.put(
        "the ground knows no feature",
        noClasses()
            .that()
            .resideInAnyPackage(
                "dev.mlk.console..", "dev.mlk.problem..", "dev.mlk.format..", "dev.mlk.connect..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.mlk.board..",
                "dev.mlk.job..",
                "dev.mlk.template..",
                "dev.mlk.cluster..",
                "dev.mlk.operator..",
                "dev.mlk.sweep..")
            .because("features come and go"));
    rules.put(
        "picocli is for commands",
        noClasses()
            .that(not(COMMAND).and(not(resideInAPackage("dev.mlk.app.."))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..")
            .because("what a command does can be used and tested without a command line"));
    rules.put(
        "commands are named so",
        classes()
            .that()
            .areAnnotatedWith(Command.class)
            .should()
            .haveSimpleNameEndingWith("Command")
            .because("they are found by their name"));
  }

  private static void surroundings(Map<String, ArchRule> rules) {
    rules.put(
        "standard streams are the console's",
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.mlk.console..")
            .and()
            .doNotHaveFullyQualifiedName(GATEWAY)
            .should()
            .accessTargetWhere(
                target(owner(name(System.class.getName())))
                    .and(target(name("out").or(name("err")).or(name("in")))))
            .because("data goes to one stream, words to the other, and tests give their own"));
    rules.put(
        "only the main class ends the process",
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.mlk.Mlk")
            .and()
            .doNotHaveFullyQualifiedName(GATEWAY)
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .because("everything else returns, so that what it opened is closed"));
    rules.put(
        "time is handed in",
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.mlk.Mlk")
            .and()
            .doNotHaveFullyQualifiedName("dev.mlk.practice.PracticeConfig")
            .and(not(resideInAPackage("dev.mlk.app..")))
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .because("tests set the clock and need no sleep"));
    rules.put(
        "fabric8's client is built where an operator starts",
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.mlk.cluster..", "dev.mlk.operator..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(KubernetesClientBuilder.class)
            .because("it costs a second, which no other command may pay"));
  }

  @Test
  void allPartsAreUnderTheRules() {
    for (String part :
        new String[] {"kube", "practice.store", "practice.node", "tfjob.operator", "app", "job"}) {
      assertThat(ALL.stream().anyMatch(type -> type.getPackageName().startsWith("dev.mlk." + part)))
          .as(part)
          .isTrue();
    }
  }
}
