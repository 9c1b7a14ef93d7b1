package dev.mlk.it;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of kubectl, with the kubectls that people have. */
@ParameterizedClass
@MethodSource("dev.mlk.it.Kubectl#all")
final class KubectlScriptsIT extends ClientScripts {
  private final Kubectl kubectl;

  KubectlScriptsIT(Kubectl kubectl) {
    this.kubectl = kubectl;
  }

  @TestFactory
  Stream<DynamicTest> commands() throws IOException {
    return scripts("kubectl", kubectl, Map.of());
  }
}
