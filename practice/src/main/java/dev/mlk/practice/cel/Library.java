package dev.mlk.practice.cel;

import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelRuntimeLibrary;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The functions that expressions may call, those of CEL and those of Kubernetes. */
final class Library {
  /** How many steps the loops of one expression may make. */
  private static final int STEPS = 1_000_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .comprehensionMaxIterations(STEPS)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private static final List<Functions> OWN =
      List.of(
          ListFunctions.ALL,
          TextFunctions.ALL,
          QuantityFunctions.ALL,
          UrlFunctions.ALL,
          IpFunctions.ALL,
          CidrFunctions.ALL,
          FormatFunctions.ALL,
          VersionFunctions.ALL);

  private Library() {}

  /** Everything of the strings extension that Kubernetes has. */
  private static CelStringExtensions strings() {
    Set<CelStringExtensions.Function> functions = EnumSet.allOf(CelStringExtensions.Function.class);
    functions.remove(CelStringExtensions.Function.REVERSE);
    return CelExtensions.strings(functions);
  }

  /** A compiler for expressions with those variables. */
  static CelCompiler compiler(Types types, Map<String, CelType> variables) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setTypeProvider(types.provider());
    for (CelCompilerLibrary library :
        List.<CelCompilerLibrary>of(
            CelExtensions.optional(),
            strings(),
            CelExtensions.sets(OPTIONS),
            CelExtensions.lists(),
            CelExtensions.comprehensions())) {
      builder.addLibraries(library);
    }
    OWN.forEach(functions -> builder.addFunctionDeclarations(functions.declarations()));
    variables.forEach(builder::addVar);
    return builder.build();
  }

  /** The one runtime. */
  static CelRuntime runtime() {
    return Holder.RUNTIME;
  }

  /** Made with the first expression. */
  private static final class Holder {
    static final CelRuntime RUNTIME = make();

    private Holder() {}

    private static CelRuntime make() {
      var builder = CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS);
      for (CelRuntimeLibrary library :
          List.<CelRuntimeLibrary>of(
              CelExtensions.optional(),
              strings(),
              CelExtensions.sets(OPTIONS),
              CelExtensions.lists(),
              CelExtensions.comprehensions())) {
        builder.addLibraries(library);
      }
      OWN.forEach(functions -> builder.addFunctionBindings(functions.bindings()));
      return builder.build();
    }
  }
}
