package dev.mlk.images.mnist.checkpoint;

import dev.mlk.images.mnist.model.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.train.Restore;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * Writes and reads variables. The files are read and written by the process that computes, not by
 * the one that holds the variables: only the chief needs the volume.
 */
public final class Saver {
  private static final String DESCRIPTION = "mlk/model";

  private final Ops ops;
  private final Placeholder<TString> path;
  private final Op save;
  private final Op restore;
  private final Operand<TString> description;

  /**
   * The operations for some variables.
   *
   * @param description what the files belong to, such as {@code mlp adam}
   */
  public Saver(Ops ops, List<Variable<?>> variables, String description) {
    this.ops = ops;
    path = ops.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    List<String> names = new ArrayList<>();
    List<Operand<?>> values = new ArrayList<>();
    List<Class<? extends TType>> types = new ArrayList<>();
    for (Variable<?> variable : variables) {
      names.add(variable.name());
      values.add(variable.read());
      types.add(variable.type());
    }
    Restore restored =
        ops.train.restore(path, strings(names), wholes(names.size()), List.copyOf(types));
    List<Op> assigned = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      assigned.add(assign(variables.get(i), restored.tensors().get(i)));
    }
    restore = ops.withControlDependencies(assigned).noOp();
    names.add(DESCRIPTION);
    values.add(ops.constant(description));
    save = ops.train.save(path, strings(names), wholes(names.size()), values);
    Restore described =
        ops.train.restore(path, strings(List.of(DESCRIPTION)), wholes(1), List.of(TString.class));
    this.description = described.tensors().get(0).asOutput().expect(TString.class);
  }

  private static <T extends TType> Op assign(Variable<T> variable, Operand<?> value) {
    return variable.assign(value.asOutput().expect(variable.type()));
  }

  private Operand<TString> strings(List<String> names) {
    return ops.constant(NdArrays.vectorOfObjects(names.toArray(new String[0])));
  }

  /** Each variable whole, not a slice of it. */
  private Operand<TString> wholes(int count) {
    String[] slices = new String[count];
    Arrays.fill(slices, "");
    return ops.constant(NdArrays.vectorOfObjects(slices));
  }

  /** Where the path of the files goes in. */
  public Placeholder<TString> path() {
    return path;
  }

  /** Reads the variables from the files. */
  public Op restore() {
    return restore;
  }

  /** Writes the variables to the files that begin with this path. */
  public void save(Session session, Path prefix) {
    run(session, save, prefix);
  }

  /** Reads the variables from the files that begin with this path. */
  void restore(Session session, Path prefix) {
    run(session, restore, prefix);
  }

  /** What the files that begin with this path belong to. */
  String description(Session session, Path prefix) {
    try (TString name = TString.scalarOf(prefix.toString());
        Result result = session.runner().feed(path, name).fetch(description).run()) {
      return ((TString) result.get(0)).getObject();
    }
  }

  private void run(Session session, Op what, Path prefix) {
    try (TString name = TString.scalarOf(prefix.toString())) {
      session.runner().feed(path, name).addTarget(what).run().close();
    }
  }
}
