package dev.mlk.practice;

import dev.mlk.practice.node.NodeSpec;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * How to start a practice cluster. Values never change: each method that sets something returns a
 * configuration of its own.
 */
public final class PracticeConfig {
  /** Bytes of chance in a temporary folder's name. */
  private static final int CHANCE = 8;

  private final Place place;
  private final int port;
  private final InstantSource clock;
  private final Inside inside;

  /** Where the cluster lives, and whether its folder goes when it is closed. */
  record Place(String name, Path folder, boolean temporary) {
    Place {
      Objects.requireNonNull(name, "name");
      folder = folder.toAbsolutePath().normalize();
    }
  }

  /**
   * The nodes that run pods, and what of.
   *
   * @param images the catalogue of images; empty for the library's own
   * @param searchPath the PATH of containers that run programs of this machine
   */
  record Inside(List<NodeSpec> nodes, List<Path> images, String searchPath) {
    Inside {
      nodes = List.copyOf(nodes);
      images = List.copyOf(images);
    }
  }

  private PracticeConfig(Place place, int port, InstantSource clock, Inside inside) {
    this.place = place;
    this.port = port;
    this.clock = Objects.requireNonNull(clock, "clock");
    this.inside = inside;
  }

  /** A cluster of that name in a folder that stays: on any free port, without nodes. */
  public static PracticeConfig of(String name, Path folder) {
    return new PracticeConfig(
        new Place(name, folder, false), 0, InstantSource.system(), machine(List.of()));
  }

  /** A cluster in a new folder that goes when the cluster is closed, with one usual node. */
  public static PracticeConfig temporary() {
    byte[] chance = new byte[CHANCE];
    RandomGenerator.getDefault().nextBytes(chance);
    String name = "mlk-practice-" + HexFormat.of().formatHex(chance);
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), name);
    return new PracticeConfig(
            new Place("practice", folder, true), 0, InstantSource.system(), machine(List.of()))
        .nodes(1);
  }

  private static Inside machine(List<NodeSpec> nodes) {
    return new Inside(nodes, List.of(), System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
  }

  /** With the TLS port on loopback; 0 is the one of the last start, or any free one. */
  public PracticeConfig port(int wanted) {
    return new PracticeConfig(place, wanted, clock, inside);
  }

  /** With another time than the machine's. */
  public PracticeConfig clock(InstantSource time) {
    return new PracticeConfig(place, port, time, inside);
  }

  /**
   * With as many usual nodes, {@code node-1} and so on. 0 is legal: nothing runs pods then, unless
   * the caller brings nodes and a kubelet of its own.
   */
  public PracticeConfig nodes(int count) {
    return nodes(
        IntStream.rangeClosed(1, count).mapToObj(i -> NodeSpec.standard("node-" + i)).toList());
  }

  /** With exactly these nodes. */
  public PracticeConfig nodes(List<NodeSpec> nodes) {
    return new PracticeConfig(
        place, port, clock, new Inside(nodes, inside.images, inside.searchPath));
  }

  /** With a catalogue of images of one's own: a YAML file, see {@code docs/embedded.md}. */
  public PracticeConfig images(Path catalogue) {
    return new PracticeConfig(
        place,
        port,
        clock,
        new Inside(
            inside.nodes, List.of(catalogue.toAbsolutePath().normalize()), inside.searchPath));
  }

  Place place() {
    return place;
  }

  int port() {
    return port;
  }

  InstantSource clock() {
    return clock;
  }

  Inside inside() {
    return inside;
  }
}
