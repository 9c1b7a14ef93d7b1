package dev.mlk.it;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The Python client in the Python that {@code MLK_TEST_PYTHON} names. */
final class PythonScriptsIT extends ClientScripts {
  @TestFactory
  Stream<DynamicTest> examples() throws IOException {
    return scripts("python", firstKubectl(), program("python", "MLK_TEST_PYTHON"));
  }
}
