package dev.mlk.events;

import java.util.ArrayList;
import java.util.List;

/** Writes down what is read, one line each. */
final class Lines implements EventConsumer {
  final List<String> all = new ArrayList<>();
  final List<Damage> damages = new ArrayList<>();

  @Override
  public boolean wants(Series series) {
    return true;
  }

  @Override
  public void scalar(Point point) {
    StringBuilder line = new StringBuilder();
    line.append(point.series().run().name()).append(' ').append(point.series().tag());
    line.append(' ').append(point.step()).append(' ');
    point.appendValue(line);
    all.add(line.toString());
  }

  @Override
  public void notNumber(Series series, Moment moment, String seen) {
    all.add(series.tag() + " " + moment.step() + " not a number: " + seen);
  }

  @Override
  public void histogram(Series series, Moment moment, Histogram histogram) {
    StringBuilder line = new StringBuilder(series.tag() + " " + moment.step());
    for (int i = 0; i < histogram.count().length; i++) {
      line.append(" [").append(histogram.left()[i]).append(' ').append(histogram.right()[i]);
      line.append(": ").append(histogram.count()[i]).append(']');
    }
    all.add(line.toString());
  }

  @Override
  public void images(Series series, Moment moment, Images images) {
    List<Integer> sizes = images.encoded().stream().map(one -> one.length).toList();
    all.add(
        series.tag()
            + " "
            + moment.step()
            + " images "
            + images.width()
            + "x"
            + images.height()
            + " "
            + sizes);
  }

  @Override
  public void text(Series series, Moment moment, List<String> text) {
    all.add(series.tag() + " " + moment.step() + " text " + text);
  }

  @Override
  public void hyperParameters(Series series, Moment moment, HyperParameters parameters) {
    all.add(series.tag() + " " + parameters);
  }

  @Override
  public void restarted(Run run, long step) {
    all.add("restart at " + step);
  }

  @Override
  public void restarted(Series series, long step) {
    all.add(series.tag() + " again from " + step);
  }

  @Override
  public void damaged(Damage damage) {
    damages.add(damage);
  }
}
