package dev.mlk.events;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** One run: its files, its series, and what its writer said about restarts. */
final class RunReader implements RecordReader.Sink {
  private static final double ANNOUNCES_RESTARTS = 2;
  private static final int START = 1;

  final Run run;
  final TreeMap<String, FileState> files = new TreeMap<>();
  private final SeriesTable table;
  private final Wire wire = new Wire();
  private final Wire inner = new Wire();
  private final TensorReader tensors = new TensorReader();
  private final Point point = new Point();
  private final ValueContents contents = new ValueContents();
  private final List<ValueSlot> slots = new ArrayList<>();
  private int used;
  private int nextFile;
  private double fileVersion;
  private long mostRecentStep = -1;
  private boolean firstFile = true;
  private boolean started;
  private EventConsumer consumer;
  private boolean restartsOnly;

  RunReader(Run run) {
    this.run = run;
    this.table = new SeriesTable(run);
  }

  /** Adds a file that was not known before. */
  void discover(String name, Path path) {
    files.computeIfAbsent(name, key -> new FileState(path, nextFile++));
  }

  /** Back to the beginning; the series stay. */
  void rewind() {
    files.values().forEach(FileState::rewind);
    fileVersion = 0;
    mostRecentStep = -1;
    firstFile = true;
    started = false;
  }

  /**
   * Gets ready for a reading.
   *
   * @param glance whether only restarts matter
   */
  void use(EventConsumer next, boolean glance) {
    restartsOnly = glance;
    consumer = next;
    for (Series series : table.all()) {
      series.wanted = next.wants(series);
    }
  }

  /** The next records come from this file. */
  void file(FileState state) {
    point.file = state.path;
    point.fileNumber = state.number;
    firstFile = state == files.firstEntry().getValue();
  }

  /** A glance at an event's fields: one that only brings values of a modern file can be left. */
  @Override
  public boolean interested(byte[] bytes, int from, int to) {
    if (!restartsOnly) {
      return true;
    }
    wire.over(bytes, from, to);
    try {
      while (wire.next()) {
        if (wire.field == 3
            || wire.field == 7
            || (wire.field == 5 && fileVersion < ANNOUNCES_RESTARTS)) {
          return true;
        }
        wire.skip();
      }
      return false;
    } catch (BadRecordException e) {
      return false;
    }
  }

  @Override
  public boolean leaves(byte[] bytes, int from, int available, long length) {
    if (!restartsOnly || fileVersion < ANNOUNCES_RESTARTS) {
      return false;
    }
    wire.over(bytes, from, from + available);
    try {
      while (wire.next()) {
        if (wire.field == 5 && wire.type == Wire.BYTES) {
          long size = wire.varint();
          return wire.next - from + size == length;
        }
        if (wire.field != 1 && wire.field != 2) {
          return false;
        }
        wire.skip();
      }
      return false;
    } catch (BadRecordException e) {
      return false;
    }
  }

  @Override
  public void record(byte[] bytes, int from, int to) throws BadRecordException {
    long step = 0;
    double wallTime = 0;
    boolean summary = false;
    boolean start = false;
    used = 0;
    wire.over(bytes, from, to);
    while (wire.next()) {
      switch (wire.field) {
        case 1 -> {
          wire.is(1, Wire.FIXED64);
          wallTime = Double.longBitsToDouble(wire.fixed64());
        }
        case 2 -> {
          wire.is(2, Wire.VARINT);
          step = wire.varint();
        }
        case 3 -> {
          wire.is(3, Wire.BYTES);
          version(wire.text("the file's version"));
        }
        case 5 -> {
          wire.is(5, Wire.BYTES);
          int end = wire.length();
          summary(bytes, wire.next, end);
          summary = true;
          wire.next = end;
        }
        case 7 -> {
          wire.is(7, Wire.BYTES);
          int end = wire.length();
          start |= status(bytes, wire.next, end) == START;
          wire.next = end;
        }
        default -> wire.skip();
      }
    }
    resolve(bytes);
    restarts(step, summary, start);
    point.step = step;
    point.wallTime = wallTime;
    for (int i = 0; i < used; i++) {
      emit(bytes, slots.get(i));
    }
  }

  private void version(String text) {
    int end = text.indexOf("brain.Event:");
    try {
      fileVersion =
          Double.parseDouble(end < 0 ? text : text.substring(end + "brain.Event:".length()));
    } catch (NumberFormatException e) {
      fileVersion = -1;
    }
  }

  private long status(byte[] bytes, int from, int to) throws BadRecordException {
    long status = 0;
    inner.over(bytes, from, to);
    while (inner.next()) {
      if (inner.is(1, Wire.VARINT)) {
        status = inner.varint();
      } else {
        inner.skip();
      }
    }
    return status;
  }

  private void summary(byte[] bytes, int from, int to) throws BadRecordException {
    int next = from;
    inner.over(bytes, from, to);
    while (true) {
      inner.over(bytes, next, to);
      if (!inner.next()) {
        return;
      }
      if (inner.is(1, Wire.BYTES)) {
        int end = inner.length();
        int start = inner.next;
        if (used == slots.size()) {
          slots.add(new ValueSlot());
        }
        slots.get(used).read(inner, bytes, start, end);
        used++;
        next = end;
      } else {
        inner.skip();
        next = inner.next;
      }
    }
  }

  /** Finds the series and the numbers, so that a record is known to be sound before it is used. */
  private void resolve(byte[] bytes) throws BadRecordException {
    for (int i = 0; i < used; i++) {
      ValueSlot slot = slots.get(i);
      int before = table.all().size();
      if (slot.form == ValueSlot.TENSOR) {
        slot.number = tensors.number(bytes, slot.start, slot.end);
        slot.type = tensors.type;
        slot.bits = tensors.bits;
        slot.seen = tensors.seen;
      }
      slot.series = table.of(bytes, slot);
      if (table.all().size() > before) {
        slot.series.wanted = consumer.wants(slot.series);
      }
    }
  }

  private void restarts(long step, boolean summary, boolean start) {
    if (fileVersion >= ANNOUNCES_RESTARTS) {
      // The first start of the first file is where the run begins.
      if (start && (started || !firstFile)) {
        consumer.restarted(run, step);
      }
      started |= start;
    } else if (summary && step < mostRecentStep) {
      for (int i = 0; i < used; i++) {
        consumer.restarted(slots.get(i).series, step);
      }
    }
    if (summary) {
      mostRecentStep = step;
    }
  }

  private void emit(byte[] bytes, ValueSlot slot) throws BadRecordException {
    Series series = slot.series;
    if (!series.wanted || restartsOnly) {
      return;
    }
    if (series.kind() != Kind.SCALAR) {
      EventConsumer.Moment moment = new EventConsumer.Moment(point.step, point.wallTime);
      contents.emit(bytes, slot, moment, consumer);
    } else if (slot.number) {
      point.series = series;
      point.type = slot.type;
      point.bits = slot.bits;
      consumer.scalar(point);
    } else if (slot.form != 0) {
      consumer.notNumber(series, new EventConsumer.Moment(point.step, point.wallTime), slot.seen);
    }
  }
}
