package dev.mlk.events;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decodes what is no single number: histograms, images, text, hyper-parameters. */
final class ValueContents {
  private final TensorReader tensors = new TensorReader();

  void emit(byte[] bytes, ValueSlot slot, EventConsumer.Moment moment, EventConsumer consumer)
      throws BadRecordException {
    Series series = slot.series;
    switch (series.kind()) {
      case HISTOGRAM -> consumer.histogram(series, moment, histogram(bytes, slot));
      case IMAGE -> consumer.images(series, moment, images(bytes, slot));
      case TEXT -> consumer.text(series, moment, text(bytes, slot));
      case HYPER_PARAMETERS -> {
        Metadata metadata = Metadata.read(bytes, slot.metadataStart, slot.metadataEnd);
        HyperParametersReader.read(bytes, metadata.contentStart(), metadata.contentEnd())
            .ifPresent(read -> consumer.hyperParameters(series, moment, read));
      }
      case SCALAR, AUDIO, TENSOR -> {
        // Nobody asks for their content.
      }
    }
  }

  private Histogram histogram(byte[] bytes, ValueSlot slot) throws BadRecordException {
    if (slot.form == ValueSlot.HISTOGRAM) {
      return OldHistogram.read(bytes, slot.start, slot.end);
    }
    double[] rows = tensors.doubles(bytes, slot.start, slot.end);
    if (rows.length % 3 != 0) {
      throw new BadRecordException("a histogram of " + rows.length + " numbers, not three a row");
    }
    int buckets = rows.length / 3;
    double[] left = new double[buckets];
    double[] right = new double[buckets];
    double[] count = new double[buckets];
    for (int i = 0; i < buckets; i++) {
      left[i] = rows[3 * i];
      right[i] = rows[3 * i + 1];
      count[i] = rows[3 * i + 2];
    }
    return new Histogram(left, right, count);
  }

  private Images images(byte[] bytes, ValueSlot slot) throws BadRecordException {
    if (slot.form == ValueSlot.IMAGE) {
      return oldImage(bytes, slot);
    }
    List<byte[]> parts = tensors.strings(bytes, slot.start, slot.end);
    if (parts.size() < 2) {
      throw new BadRecordException("images without their width and height");
    }
    return new Images(size(parts.get(0)), size(parts.get(1)), parts.subList(2, parts.size()));
  }

  private static int size(byte[] digits) throws BadRecordException {
    try {
      return Integer.parseInt(new String(digits, StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      throw new BadRecordException("the size of an image is no number");
    }
  }

  private static Images oldImage(byte[] bytes, ValueSlot slot) throws BadRecordException {
    int height = 0;
    int width = 0;
    byte[] encoded = {};
    Wire wire = new Wire().over(bytes, slot.start, slot.end);
    while (wire.next()) {
      if (wire.is(1, Wire.VARINT)) {
        height = (int) wire.varint();
      } else if (wire.is(2, Wire.VARINT)) {
        width = (int) wire.varint();
      } else if (wire.is(4, Wire.BYTES)) {
        int end = wire.length();
        encoded = Arrays.copyOfRange(bytes, wire.next, end);
        wire.next = end;
      } else {
        wire.skip();
      }
    }
    return new Images(width, height, List.of(encoded));
  }

  private List<String> text(byte[] bytes, ValueSlot slot) throws BadRecordException {
    List<String> all = new ArrayList<>();
    if (slot.form == ValueSlot.TENSOR) {
      for (byte[] one : tensors.strings(bytes, slot.start, slot.end)) {
        all.add(Wire.text(one, 0, one.length, "text"));
      }
    }
    return all;
  }
}
