package dev.mlk.images.mnist.summary;

import com.google.protobuf.ByteString;
import com.google.protobuf.Value;
import dev.mlk.images.mnist.exit.ExitCode;
import dev.mlk.images.mnist.exit.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.DataClass;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** What one process tells TensorBoard about one run, with the tags and plugins of TensorFlow 2. */
public final class EventFile implements AutoCloseable {
  private final Path folder;
  private final InstantSource clock;
  private final RecordFile records;

  private EventFile(Path folder, InstantSource clock, RecordFile records) {
    this.folder = folder;
    this.clock = clock;
    this.records = records;
  }

  /**
   * A new file in the folder of a run.
   *
   * @param host name of this machine or pod, part of the file's name
   * @throws Failure if it cannot be written
   */
  public static EventFile create(Path folder, String host, InstantSource clock) {
    long pid = ProcessHandle.current().pid();
    String name =
        "events.out.tfevents." + clock.instant().getEpochSecond() + "." + host + "." + pid + ".v2";
    try {
      Files.createDirectories(folder);
      EventFile file = new EventFile(folder, clock, new RecordFile(folder.resolve(name)));
      file.write(file.event(0).setFileVersion("brain.Event:2"));
      return file;
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  /** Training goes on from this step: TensorBoard forgets what came after it. */
  public void resumeAt(long step) {
    write(
        event(step)
            .setSessionLog(SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START)));
  }

  /** A number. */
  public void scalar(String tag, long step, float value) {
    TensorProto tensor =
        TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).addFloatVal(value).build();
    summary(tag, step, tensor, plugin("scalars", DataClass.DATA_CLASS_SCALAR));
  }

  /** How values are spread. */
  public void histogram(String tag, long step, float[] values) {
    SummaryMetadata.Builder plugin = plugin("histograms", DataClass.DATA_CLASS_TENSOR);
    summary(tag, step, Histogram.of(values), plugin);
  }

  /** Square grey images. */
  public void images(String tag, long step, List<byte[]> images, int side, String description) {
    ByteString size = ByteString.copyFromUtf8(Integer.toString(side));
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDtype(DataType.DT_STRING).addStringVal(size).addStringVal(size);
    for (byte[] image : images) {
      tensor.addStringVal(ByteString.copyFrom(Png.of(image, side)));
    }
    tensor.setTensorShape(
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dim.newBuilder().setSize(tensor.getStringValCount())));
    SummaryMetadata.Builder plugin = plugin("images", DataClass.DATA_CLASS_BLOB_SEQUENCE);
    summary(tag, step, tensor.build(), plugin.setSummaryDescription(description));
  }

  /** The values that were chosen for this run. */
  public void hyperParameters(Map<String, Value> values, String group) {
    pluginData("session_start_info", HyperParameters.start(values, group, now()));
  }

  /** The run came to its end. */
  public void succeeded() {
    pluginData("session_end_info", HyperParameters.success(now()));
  }

  private void pluginData(String tag, ByteString content) {
    SummaryMetadata.Builder plugin = plugin("hparams", DataClass.DATA_CLASS_TENSOR);
    plugin.getPluginDataBuilder().setContent(content);
    TensorProto nothing =
        TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).addFloatVal(0).build();
    summary("_hparams_/" + tag, 0, nothing, plugin);
  }

  private static SummaryMetadata.Builder plugin(String name, DataClass kind) {
    return SummaryMetadata.newBuilder()
        .setPluginData(SummaryMetadata.PluginData.newBuilder().setPluginName(name))
        .setDataClass(kind);
  }

  private void summary(
      String tag, long step, TensorProto tensor, SummaryMetadata.Builder metadata) {
    Summary.Value.Builder value =
        Summary.Value.newBuilder().setTag(tag).setTensor(tensor).setMetadata(metadata);
    write(event(step).setSummary(Summary.newBuilder().addValue(value)));
  }

  private Event.Builder event(long step) {
    return Event.newBuilder().setWallTime(now()).setStep(step);
  }

  private double now() {
    Instant now = clock.instant();
    return now.getEpochSecond() + now.getNano() / 1e9;
  }

  private void write(Event.Builder event) {
    try {
      records.write(event.build().toByteArray());
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  /** Lets readers see what was written so far. */
  public void flush() {
    try {
      records.flush();
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  @Override
  public void close() {
    try {
      records.close();
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  private static Failure cannotWrite(Path folder, IOException cause) {
    return new Failure(ExitCode.FILES, "Nothing can be written to " + folder + ": " + cause, cause);
  }
}
