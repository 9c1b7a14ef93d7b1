package dev.mlk.images.mnist.export;

import dev.mlk.images.mnist.arguments.ModelKind;
import dev.mlk.images.mnist.checkpoint.Saver;
import dev.mlk.images.mnist.data.Digits;
import dev.mlk.images.mnist.exit.ExitCode;
import dev.mlk.images.mnist.exit.Failure;
import dev.mlk.images.mnist.model.Network;
import dev.mlk.images.mnist.model.Variable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Writes {@code <folder>/<version>/} with graph, variables and serving signature. Put together by
 * hand, as TensorFlow Java's own exporter leaves resource variables out without a word.
 */
public final class SavedModelExport {
  private final Path folder;
  private final ModelKind kind;

  /** Exports of a network to a folder of versions. */
  public SavedModelExport(Path folder, ModelKind kind) {
    this.folder = folder;
    this.kind = kind;
  }

  /**
   * Writes the next version. It appears whole or not at all: servers watch the folder.
   *
   * @param session in which the weights have their values
   * @param weights saves the weights of the network, under their names, from that session
   * @return the folder of the version
   */
  public Path write(Session session, Saver weights) {
    Path unfinished = folder.resolve(".unfinished");
    try {
      discard(unfinished);
      Files.createDirectories(unfinished.resolve("variables"));
      weights.save(session, unfinished.resolve("variables/variables"));
      Files.write(unfinished.resolve("saved_model.pb"), graph().toByteArray());
      Path version = folder.resolve(Integer.toString(nextVersion()));
      return Files.move(unfinished, version, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Failure(ExitCode.FILES, "Nothing can be written to " + folder + ": " + e, e);
    }
  }

  private SavedModel graph() {
    try (Graph graph = new Graph()) {
      Network network = Network.forServing(graph, kind);
      List<Variable<?>> variables = new ArrayList<>(network.weights());
      Saver saver = new Saver(Ops.create(graph), variables, "");
      String path = saver.path().op().name() + ":0";
      SignatureDef signature =
          SignatureDef.newBuilder()
              .setMethodName("tensorflow/serving/predict")
              .putInputs(
                  "images", info(network.images().asOutput(), DataType.DT_FLOAT, Digits.PIXELS))
              .putOutputs("classes", info(network.classes().asOutput(), DataType.DT_INT64))
              .putOutputs(
                  "probabilities", info(network.probabilities().asOutput(), DataType.DT_FLOAT, 10))
              .build();
      MetaGraphDef main =
          MetaGraphDef.newBuilder()
              .setMetaInfoDef(
                  MetaGraphDef.MetaInfoDef.newBuilder()
                      .addTags("serve")
                      .setTensorflowVersion(TensorFlow.version()))
              .setGraphDef(graph.toGraphDef())
              .setSaverDef(
                  SaverDef.newBuilder()
                      .setFilenameTensorName(path)
                      .setSaveTensorName(path)
                      .setRestoreOpName(saver.restore().op().name())
                      .setVersion(SaverDef.CheckpointFormatVersion.V2))
              .putSignatureDef("serving_default", signature)
              .build();
      return SavedModel.newBuilder().setSavedModelSchemaVersion(1).addMetaGraphs(main).build();
    }
  }

  /** A tensor whose first dimension is the batch. */
  private static TensorInfo info(Output<?> output, DataType type, int... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(-1));
    for (int size : dimensions) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return TensorInfo.newBuilder()
        .setName(output.op().name() + ":" + output.index())
        .setDtype(type)
        .setTensorShape(shape)
        .build();
  }

  private int nextVersion() throws IOException {
    int highest = 0;
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      for (Path version : found) {
        String name = version.getFileName().toString();
        if (name.matches("[0-9]{1,9}")) {
          highest = Math.max(highest, Integer.parseInt(name));
        }
      }
    }
    return highest + 1;
  }

  private static void discard(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> found = Files.walk(tree)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
