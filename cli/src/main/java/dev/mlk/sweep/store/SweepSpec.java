package dev.mlk.sweep.store;

import dev.mlk.kube.JsonText;
import dev.mlk.sweep.search.Search;
import dev.mlk.sweep.space.Parameter;
import dev.mlk.sweep.space.Point;
import dev.mlk.sweep.space.Space;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a sweep is to do.
 *
 * @param job the TFJob that every trial changes
 * @param space what changes
 * @param objective what is good
 * @param search how to choose
 * @param limits how much at once, how often
 */
public record SweepSpec(
    ObjectNode job, Space space, Objective objective, Choice search, Limits limits) {
  /**
   * How points are chosen.
   *
   * @param kind the method
   * @param seed of all randomness
   * @param trials how many at most
   */
  public record Choice(Search.Kind kind, long seed, int trials) {}

  /**
   * What does not change what is tried.
   *
   * @param parallel how many trials at once; 0 for as many as fit
   * @param retries how often a failed trial is tried again
   * @param queue the Kueue queue; empty for none
   * @param stopEarly the rule by which running trials are stopped; {@code none} for no rule
   */
  public record Limits(int parallel, int retries, String queue, String stopEarly) {
    /** The same with another queue. */
    public Limits queue(String other) {
      return new Limits(parallel, retries, other, stopEarly);
    }

    /** The same with another number at once. */
    public Limits parallel(int other) {
      return new Limits(other, retries, queue, stopEarly);
    }
  }

  /** A hash of everything that decides what is tried: the same command makes the same. */
  public String fingerprint() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.set("job", job);
    all.put("search", search.toString());
    List<Parameter> parameters = space.parameters();
    all.put("parameters", parameters.toString());
    all.put("where", space.constraints().stream().map(c -> c.text()).toList().toString());
    return Point.shortHash(JsonText.line(all), 6);
  }

  /** A new search of its kind. */
  public Search newSearch() {
    return Search.of(search.kind, space, search.seed);
  }

  /** The same with other limits and another objective. */
  public SweepSpec with(Objective wanted, Limits bounds) {
    return new SweepSpec(job, space, wanted, search, bounds);
  }
}
