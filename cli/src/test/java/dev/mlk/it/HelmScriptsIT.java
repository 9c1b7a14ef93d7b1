package dev.mlk.it;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The helm that {@code MLK_TEST_HELM} names: a chart from install to uninstall. */
final class HelmScriptsIT extends ClientScripts {
  @TestFactory
  Stream<DynamicTest> charts() throws IOException {
    return scripts("helm", firstKubectl(), program("helm", "MLK_TEST_HELM"));
  }
}
