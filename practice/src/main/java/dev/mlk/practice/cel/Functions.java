package dev.mlk.practice.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A group of functions: how they are declared and what they do. */
final class Functions {
  private final Map<String, List<CelOverloadDecl>> overloads = new LinkedHashMap<>();
  private final List<CelFunctionBinding> bindings = new ArrayList<>();

  /** A function called on a value: {@code value.name(...)}. */
  Functions member(
      String name, CelType result, CelFunctionOverload body, CelType on, CelType... arguments) {
    String id = id(name, on, arguments);
    List<CelType> all = new ArrayList<>(List.of(on));
    all.addAll(List.of(arguments));
    return add(name, CelOverloadDecl.newMemberOverload(id, result, all), body);
  }

  /** A function called by its name: {@code name(...)}. */
  Functions global(String name, CelType result, CelFunctionOverload body, CelType... arguments) {
    String id =
        arguments.length == 0
            ? name.replace('.', '_')
            : "global_" + id(name, arguments[0], arguments);
    return add(name, CelOverloadDecl.newGlobalOverload(id, result, List.of(arguments)), body);
  }

  private Functions add(String name, CelOverloadDecl declaration, CelFunctionOverload body) {
    overloads.computeIfAbsent(name, _ -> new ArrayList<>()).add(declaration);
    List<Class<?>> classes = new ArrayList<>();
    declaration.parameterTypes().forEach(type -> classes.add(Classes.of(type)));
    bindings.add(CelFunctionBinding.from(declaration.overloadId(), classes, body));
    return this;
  }

  private static String id(String name, CelType first, CelType... arguments) {
    StringBuilder id = new StringBuilder("kubernetes_" + name + "_" + first.name());
    for (CelType argument : arguments) {
      id.append('_').append(argument.name());
    }
    return id.toString().replace('.', '_');
  }

  List<CelFunctionDecl> declarations() {
    List<CelFunctionDecl> declarations = new ArrayList<>();
    overloads.forEach(
        (name, each) -> declarations.add(CelFunctionDecl.newFunctionDeclaration(name, each)));
    return declarations;
  }

  List<CelFunctionBinding> bindings() {
    return List.copyOf(bindings);
  }
}
