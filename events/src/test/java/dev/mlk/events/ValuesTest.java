package dev.mlk.events;

import static dev.mlk.events.EventFileWriter.event;
import static dev.mlk.events.EventFileWriter.message;
import static dev.mlk.events.EventFileWriter.plugin;
import static dev.mlk.events.EventFileWriter.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.events.EventFileWriter.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every form of a value that writers use. */
final class ValuesTest {
  @TempDir private Path folder;
  private final EventFileWriter writer = new EventFileWriter().version();

  private List<String> read() throws IOException {
    writer.to(folder.resolve("run/events.out.tfevents.1.host"));
    Lines lines = new Lines();
    LogFolder.of(folder).read(lines);
    assertThat(lines.damages).isEmpty();
    return lines.all;
  }

  private void tensor(String tag, Message tensor) {
    writer.summary(7, value(tag).message(8, tensor).message(9, plugin("scalars")));
  }

  @Test
  void aScalarOfTensorFlow1IsReadAsItsFloat() throws IOException {
    writer.scalar(3, "loss", 0.1f);
    assertThat(read()).containsExactly("run loss 3 0.10000000149011612");
  }

  @Test
  void everyElementTypeIsReadFromItsValueField() throws IOException {
    tensor("float", message().varint(1, 1).fixed32(5, Float.floatToRawIntBits(0.5f)));
    tensor("double", message().varint(1, 2).real(6, 0.1));
    tensor("int32", message().varint(1, 3).varint(7, -5));
    tensor("uint8", message().varint(1, 4).varint(7, 200));
    tensor("int16", message().varint(1, 5).varint(7, -300));
    tensor("int8", message().varint(1, 6).varint(7, -7));
    tensor("int64", message().varint(1, 9).varint(10, Long.MAX_VALUE));
    tensor("bool", message().varint(1, 10).varint(11, 1));
    tensor("bfloat16", message().varint(1, 14).varint(13, 0x3fc0));
    tensor("uint16", message().varint(1, 17).varint(7, 65535));
    tensor("half", message().varint(1, 19).varint(13, 0x3e00));
    tensor("uint32", message().varint(1, 22).varint(16, 4294967295L));
    tensor("uint64", message().varint(1, 23).varint(17, -1));
    assertThat(read())
        .containsExactly(
            "run float 7 0.5",
            "run double 7 0.1",
            "run int32 7 -5",
            "run uint8 7 200",
            "run int16 7 -300",
            "run int8 7 -7",
            "run int64 7 9223372036854775807",
            "run bool 7 1",
            "run bfloat16 7 1.5",
            "run uint16 7 65535",
            "run half 7 1.5",
            "run uint32 7 4294967295",
            "run uint64 7 18446744073709551615");
  }

  @Test
  void everyElementTypeIsReadFromContent() throws IOException {
    tensor("float", message().varint(1, 1).bytes(4, new byte[] {0, 0, 0, 0x3f}));
    tensor("double", message().varint(1, 2).bytes(4, new byte[] {0, 0, 0, 0, 0, 0, -32, 0x3f}));
    tensor("int16", message().varint(1, 5).bytes(4, new byte[] {-2, -1}));
    tensor("bool", message().varint(1, 10).bytes(4, new byte[] {1}));
    tensor("half", message().varint(1, 19).bytes(4, new byte[] {0, 0x3e}));
    tensor("bfloat16", message().varint(1, 14).bytes(4, new byte[] {-64, 0x3f}));
    assertThat(read())
        .containsExactly(
            "run float 7 0.5",
            "run double 7 0.5",
            "run int16 7 -2",
            "run bool 7 1",
            "run half 7 1.5",
            "run bfloat16 7 1.5");
  }

  @Test
  void aTensorWithOneElementIsANumberWhateverItsRankAndOrderOfFields() throws IOException {
    Message one = message().message(2, message().varint(1, 1)).message(2, message().varint(1, 1));
    tensor("packed", message().real(6, 2.5).message(2, one).varint(1, 2));
    Message packed = message().bytes(6, message().fixed64(1, 0).done());
    assertThat(packed.done()).isNotEmpty();
    byte[] half = {(byte) 0x80, 0x7c};
    tensor("half", message().varint(1, 19).message(2, one).bytes(13, half));
    assertThat(read()).containsExactly("run packed 7 2.5", "run half 7 1.5");
  }

  @Test
  void notANumberAndInfinityAreNumbersOfTheFile() throws IOException {
    writer.scalar(1, "loss", Float.NaN);
    writer.scalar(2, "loss", Float.POSITIVE_INFINITY);
    writer.scalar(3, "loss", -0.0f);
    assertThat(read()).containsExactly("run loss 1 NaN", "run loss 2 Infinity", "run loss 3 -0.0");
  }

  @Test
  void textWhereANumberShouldBeIsNamed() throws IOException {
    tensor("loss", message().varint(1, 7).text(8, "high"));
    Message two = message().message(2, message().varint(1, 2));
    tensor("pair", message().varint(1, 1).message(2, two).bytes(4, new byte[8]));
    assertThat(read())
        .containsExactly(
            "loss 7 not a number: the text \"high\"",
            "pair 7 not a number: a tensor of 2 elements of FLOAT");
  }

  @Test
  void oneTagOfTwoPluginsIsTwoSeries() throws IOException {
    writer.scalar2(1, "x", 0.5f);
    Message text = message().varint(1, 7).text(8, "hello");
    writer.summary(1, value("x").message(8, text).message(9, plugin("text")));
    writer.scalar2(2, "x", 1.5f);
    writer.summary(2, value("x").message(8, text).message(9, plugin("text")));
    assertThat(read())
        .containsExactly("run x 1 0.5", "x 1 text [hello]", "run x 2 1.5", "x 2 text [hello]");
  }

  @Test
  void laterValuesOfATagNeedNoMetadata() throws IOException {
    writer.scalar2(1, "x", 0.5f);
    Message tensor = message().varint(1, 2).real(6, 0.25);
    writer.summary(2, value("x").message(8, tensor));
    Message metadata = message().message(1, message().text(1, "scalars")).text(2, "X");
    writer.summary(3, value("x").message(8, tensor).message(9, metadata));
    assertThat(read()).containsExactly("run x 1 0.5", "run x 2 0.25", "run x 3 0.25");
  }

  @Test
  void histogramsOfBothTensorFlowsAreRowsOfEdgesAndCounts() throws IOException {
    Message old =
        message()
            .real(1, -1)
            .real(2, 4)
            .bytes(6, doubles(-2, 0, 2, Double.MAX_VALUE))
            .bytes(7, doubles(0, 3, 5, 1));
    writer.summary(1, value("old").message(5, old));
    Message shape = message().message(2, message().varint(1, 2)).message(2, message().varint(1, 3));
    Message rows = message().varint(1, 2).message(2, shape).bytes(6, doubles(0, 1, 2, 1, 2, 3));
    writer.summary(2, value("new").message(8, rows).message(9, plugin("histograms")));
    assertThat(read())
        .containsExactly(
            "old 1 [-1.0 0.0: 3.0] [0.0 2.0: 5.0] [2.0 4.0: 1.0]",
            "new 2 [0.0 1.0: 2.0] [1.0 2.0: 3.0]");
  }

  private static byte[] doubles(double... values) {
    Message all = message();
    for (double value : values) {
      all.real(1, value);
    }
    byte[] fields = all.done();
    byte[] packed = new byte[8 * values.length];
    for (int i = 0; i < values.length; i++) {
      System.arraycopy(fields, 9 * i + 1, packed, 8 * i, 8);
    }
    return packed;
  }

  @Test
  void imagesOfBothTensorFlowsAreReadWithTheirSize() throws IOException {
    Message old = message().varint(1, 2).varint(2, 3).varint(3, 1).bytes(4, new byte[5]);
    writer.summary(1, value("old").message(4, old));
    Message tensor =
        message().varint(1, 7).text(8, "28").text(8, "29").bytes(8, new byte[4]).text(8, "png");
    writer.summary(2, value("new").message(8, tensor).message(9, plugin("images")));
    assertThat(read()).containsExactly("old 1 images 3x2 [5]", "new 2 images 28x29 [4, 3]");
  }

  @Test
  void hyperParametersAreReadFromTheirMetadata() throws IOException {
    Message lr = message().text(1, "lr").message(2, message().real(2, 0.001));
    Message adam = message().text(1, "optimizer").message(2, message().text(3, "adam"));
    Message start = message().message(1, lr).message(1, adam).text(4, "trial-1").real(5, 12.5);
    hyperParameters("_hparams_/session_start_info", message().message(3, start));
    hyperParameters(
        "_hparams_/session_end_info", message().message(4, message().varint(1, 1).real(2, 99)));
    Message metric = message().message(1, message().text(1, "test").text(2, "accuracy"));
    Message experiment = message().message(4, message().text(1, "lr")).message(5, metric);
    hyperParameters("_hparams_/experiment", message().message(2, experiment));
    assertThat(read())
        .containsExactly(
            "_hparams_/session_start_info Start[values={lr=0.001, optimizer=adam},"
                + " group=trial-1, startTime=12.5]",
            "_hparams_/session_end_info End[status=SUCCESS, endTime=99.0]",
            "_hparams_/experiment Experiment[name=, parameters=[lr], metrics=[test/accuracy]]");
  }

  private void hyperParameters(String tag, Message content) {
    Message metadata = message().message(1, message().text(1, "hparams").message(2, content));
    Message nothing = message().varint(1, 1).fixed32(5, 0);
    writer.summary(0, value(tag).message(8, nothing).message(9, metadata));
  }

  @Test
  void theRootItselfIsTheRunDotAndASingleFileCanBeRead() throws IOException {
    writer.scalar(3, "loss", 0.5f);
    Path file = writer.to(folder.resolve("events.out.tfevents.1.host"));
    for (Path root : List.of(folder, file)) {
      Lines lines = new Lines();
      LogFolder log = LogFolder.of(root);
      log.read(lines);
      assertThat(lines.all).containsExactly(". loss 3 0.5");
      assertThat(log.files()).containsExactly(file);
    }
  }

  @Test
  void manyTagsKeepTheirOwnValues() throws IOException {
    for (int step = 0; step < 3; step++) {
      Message summary = message();
      for (int tag = 0; tag < 200; tag++) {
        summary.message(1, value("tag-" + tag).fixed32(2, Float.floatToRawIntBits(tag + step)));
      }
      writer.record(event(step).message(5, summary).done());
    }
    writer.to(folder.resolve("run/events.out.tfevents.1.host"));
    Curves curves = new Curves(10, _ -> true);
    LogFolder.of(folder).read(curves);
    assertThat(curves.all()).hasSize(200);
    for (Curve curve : curves.all()) {
      int tag = Integer.parseInt(curve.series().tag().substring(4));
      assertThat(curve.value(0)).isEqualTo(tag);
      assertThat(curve.value(2)).isEqualTo(tag + 2.0);
      assertThat(curve.wallTime(1)).isEqualTo(1_000_000_001.25);
    }
  }
}
