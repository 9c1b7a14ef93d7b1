package dev.mlk.board.web;

import dev.mlk.board.data.Line;
import dev.mlk.board.data.Logs;
import dev.mlk.board.data.RunName;
import dev.mlk.board.data.Stamped;
import dev.mlk.board.data.Trial;
import dev.mlk.events.DecimalText;
import dev.mlk.events.Histogram;
import dev.mlk.events.Images;
import dev.mlk.format.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the page asks for. */
final class BoardApi {
  private static final int MOST_COLUMNS = 4000;
  private static final int MOST_DAMAGES = 20;

  private final Live live;
  private final Logs logs;
  private final String title;

  BoardApi(Live live, String title) {
    this.live = live;
    this.logs = live.logs();
    this.title = title;
  }

  /** The answer to a path below {@code /api/}; empty for what is not there. */
  Optional<Answer> answer(String path, Query query) {
    return switch (path) {
      case "board" -> Optional.of(board(query));
      case "curves" -> Optional.of(curves(query));
      case "csv" -> Optional.of(csv(query));
      case "hparams" -> Optional.of(Answer.json(hyperParameters()));
      case "histograms" -> find(logs.histograms(), query).map(BoardApi::histograms);
      case "images" -> find(logs.pictures(), query).map(BoardApi::pictures);
      case "image" -> picture(query);
      case "texts" -> find(logs.texts(), query).map(BoardApi::texts);
      default -> Optional.empty();
    };
  }

  /** What is there; only the version when that is what the page knows already. */
  private Answer board(Query query) {
    live.look();
    ObjectNode board = Json.object();
    String version = logs.changes() + "." + (live.loading() ? 0 : 1);
    board.put("version", version).put("loading", live.loading());
    board.put("trouble", live.trouble());
    if (query.text("since").equals(Optional.of(version))) {
      return Answer.json(board);
    }
    board.put("title", title);
    ArrayNode runs = board.putArray("runs");
    for (RunName run : logs.runs()) {
      runs.addObject().put("id", run.id()).put("name", run.name());
    }
    ArrayNode scalars = board.putArray("scalars");
    logs.scalarTags()
        .forEach(
            (tag, its) -> {
              ArrayNode ids = scalars.addObject().put("tag", tag).putArray("runs");
              its.forEach(run -> ids.add(run.id()));
            });
    kept(board.putArray("histograms"), logs.histograms());
    kept(board.putArray("images"), logs.pictures());
    kept(board.putArray("texts"), logs.texts());
    board.put("trials", logs.trials().size());
    List<String> damages = logs.damages();
    board.put("damaged", damages.size());
    ArrayNode some = board.putArray("damages");
    damages.stream().limit(MOST_DAMAGES).forEach(some::add);
    return Answer.json(board);
  }

  private static <T> void kept(ArrayNode list, List<Logs.Kept<T>> all) {
    for (Logs.Kept<T> kept : all) {
      list.addObject().put("tag", kept.tag()).put("run", kept.run().id());
    }
  }

  private static Set<Integer> ids(Query query) {
    Set<Integer> ids = new HashSet<>();
    for (String word : query.text("runs").orElse("").split(",", -1)) {
      if (word.matches("[0-9]{1,9}")) {
        ids.add(Integer.parseInt(word));
      }
    }
    return ids;
  }

  private List<Line> lines(Query query) {
    List<Line> lines = logs.lines(query.text("tag").orElse(""));
    Set<Integer> ids = ids(query);
    return query.text("runs").isEmpty()
        ? lines
        : lines.stream().filter(line -> ids.contains(line.run().id())).toList();
  }

  private Answer curves(Query query) {
    Shown.Wanted wanted =
        new Shown.Wanted(
            Shown.Axis.of(query.text("axis").orElse("step")),
            Math.clamp(query.number("smoothing", 0), 0, 0.999),
            (int) Math.clamp(query.number("columns", 400), 10, MOST_COLUMNS),
            query.number("from", Double.NEGATIVE_INFINITY),
            query.number("to", Double.POSITIVE_INFINITY));
    StringBuilder text = new StringBuilder("{\"lines\":[");
    for (Line line : lines(query)) {
      Shown shown = Shown.of(line, wanted);
      text.append(text.charAt(text.length() - 1) == '[' ? "" : ",");
      text.append("{\"run\":").append(line.run().id()).append(",\"seen\":").append(line.seen());
      text.append(",\"x\":");
      Numbers.array(text, shown.x());
      text.append(",\"y\":");
      Numbers.array(text, shown.y());
      if (wanted.smoothing() > 0) {
        text.append(",\"raw\":");
        Numbers.array(text, shown.raw());
      }
      text.append('}');
    }
    return Answer.json(text.append("]}").toString());
  }

  private Answer csv(Query query) {
    StringBuilder text = new StringBuilder("run,tag,step,wall_time,value\n");
    for (Line line : lines(query)) {
      String head = Numbers.field(line.run().name()) + "," + Numbers.field(line.tag()) + ",";
      for (int i = 0; i < line.size(); i++) {
        text.append(head).append(line.steps()[i]).append(',');
        DecimalText.append(text, line.times()[i]);
        text.append(',');
        DecimalText.append(text, line.values()[i]);
        text.append('\n');
      }
    }
    String name = query.text("tag").orElse("curves").replaceAll("[^A-Za-z0-9._-]+", "-");
    return Answer.csv(text.toString(), name + ".csv");
  }

  private ObjectNode hyperParameters() {
    List<Trial> trials = logs.trials();
    Set<String> parameters = new TreeSet<>();
    Set<String> metrics = new TreeSet<>();
    ObjectNode table = Json.object();
    ArrayNode rows = table.putArray("rows");
    for (Trial trial : trials) {
      ObjectNode row = rows.addObject().put("name", trial.name()).put("status", trial.status());
      ObjectNode its = row.putObject("parameters");
      for (Map.Entry<String, Object> one : trial.parameters().entrySet()) {
        parameters.add(one.getKey());
        switch (one.getValue()) {
          case Double number when Double.isFinite(number) -> its.put(one.getKey(), number);
          case Boolean truth -> its.put(one.getKey(), truth);
          case Object other -> its.put(one.getKey(), other.toString());
        }
      }
      ObjectNode numbers = row.putObject("metrics");
      trial
          .metrics()
          .forEach(
              (name, value) -> {
                metrics.add(name);
                if (Double.isFinite(value)) {
                  numbers.put(name, value);
                } else {
                  numbers.put(name, value.toString());
                }
              });
    }
    parameters.forEach(table.putArray("parameters")::add);
    metrics.forEach(table.putArray("metrics")::add);
    return table;
  }

  private static <T> Optional<Logs.Kept<T>> find(List<Logs.Kept<T>> all, Query query) {
    String tag = query.text("tag").orElse("");
    double run = query.number("run", -1);
    return all.stream()
        .filter(kept -> kept.tag().equals(tag) && kept.run().id() == run)
        .findFirst();
  }

  private static Answer histograms(Logs.Kept<Histogram> kept) {
    StringBuilder text = new StringBuilder("{\"steps\":[");
    for (Stamped<Histogram> one : kept.all()) {
      text.append(text.charAt(text.length() - 1) == '[' ? "" : ",");
      text.append("{\"step\":").append(one.step()).append(",\"left\":");
      Numbers.array(text, one.what().left());
      text.append(",\"right\":");
      Numbers.array(text, one.what().right());
      text.append(",\"count\":");
      Numbers.array(text, one.what().count());
      text.append('}');
    }
    return Answer.json(text.append("]}").toString());
  }

  private static Answer pictures(Logs.Kept<Images> kept) {
    ObjectNode answer = Json.object();
    ArrayNode steps = answer.putArray("steps");
    for (Stamped<Images> one : kept.all()) {
      steps
          .addObject()
          .put("step", one.step())
          .put("wallTime", one.wallTime())
          .put("width", one.what().width())
          .put("height", one.what().height())
          .put("count", one.what().encoded().size());
    }
    return Answer.json(answer);
  }

  private Optional<Answer> picture(Query query) {
    double step = query.number("step", -1);
    int index = (int) query.number("index", 0);
    return find(logs.pictures(), query).stream()
        .flatMap(kept -> kept.all().stream())
        .filter(one -> one.step() == step)
        .map(one -> one.what().encoded())
        .filter(all -> index >= 0 && index < all.size())
        .map(all -> all.get(index))
        .flatMap(bytes -> type(bytes).map(type -> new Answer(200, type, bytes, "")).stream())
        .findFirst();
  }

  /** Only what is a picture by its first bytes is served as one. */
  private static Optional<String> type(byte[] bytes) {
    if (starts(bytes, 0x89, 'P', 'N', 'G')) {
      return Optional.of("image/png");
    }
    if (starts(bytes, 'G', 'I', 'F', '8')) {
      return Optional.of("image/gif");
    }
    return starts(bytes, 0xff, 0xd8, 0xff) ? Optional.of("image/jpeg") : Optional.empty();
  }

  private static boolean starts(byte[] bytes, int... wanted) {
    if (bytes.length < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if ((bytes[i] & 0xff) != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static Answer texts(Logs.Kept<List<String>> kept) {
    ObjectNode answer = Json.object();
    ArrayNode steps = answer.putArray("steps");
    for (Stamped<List<String>> one : kept.all()) {
      ArrayNode words = steps.addObject().put("step", one.step()).putArray("text");
      one.what().forEach(words::add);
    }
    return Answer.json(answer);
  }
}
