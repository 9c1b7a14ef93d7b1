package dev.mlk.gpu.overview;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the GPUs of a node are connected, as {@code nvidia-smi topo -m} draws it: a row and a column
 * for each GPU and network card, separated by tabs, then the CPUs and the NUMA node of each GPU.
 *
 * @param gpus the GPUs, in the order of their numbers
 * @param cards the network cards by their short names, such as {@code NIC0}, with their own
 */
record Matrix(List<Gpu> gpus, Map<String, String> cards) {
  private static final Pattern GPU = Pattern.compile("GPU\\d+");
  private static final Pattern CARD = Pattern.compile("NIC\\d+|mlx\\d_\\d+");
  private static final Pattern LEGEND = Pattern.compile("\\s*(NIC\\d+):\\s*(\\S+)\\s*");
  private static final String CPUS = "CPU Affinity";
  private static final String NUMA = "NUMA Affinity";

  /** From the nearest to the farthest, as nvidia-smi explains them. */
  private static final List<String> ORDER = List.of("PIX", "PXB", "PHB", "NODE", "SYS");

  /**
   * One GPU.
   *
   * @param name such as {@code GPU0}
   * @param links what connects it to each other GPU and card
   * @param cpus the CPUs near to it, such as {@code 0-31}; empty when not told
   * @param numa its NUMA node; empty when not told
   */
  record Gpu(String name, Map<String, String> links, String cpus, String numa) {
    Gpu {
      links = new LinkedHashMap<>(links);
    }
  }

  Matrix {
    gpus = List.copyOf(gpus);
    cards = new LinkedHashMap<>(cards);
  }

  /** Reads it; empty when the text is none. */
  static Optional<Matrix> parse(String text) {
    List<String> heads = List.of();
    List<Gpu> gpus = new ArrayList<>();
    Map<String, String> cards = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      String[] cells = line.split("\t", -1);
      String first = cells[0].strip();
      Matcher legend = LEGEND.matcher(line);
      if (heads.isEmpty() && first.isEmpty() && cells.length > 1) {
        heads = List.of(cells).stream().map(String::strip).toList();
        heads.stream().filter(head -> CARD.matcher(head).matches()).forEach(h -> cards.put(h, h));
      } else if (GPU.matcher(first).matches()) {
        gpus.add(gpu(first, heads, cells));
      } else if (legend.matches() && cards.containsKey(legend.group(1))) {
        cards.put(legend.group(1), legend.group(2));
      }
    }
    return gpus.isEmpty() ? Optional.empty() : Optional.of(new Matrix(gpus, cards));
  }

  private static Gpu gpu(String name, List<String> heads, String[] cells) {
    Map<String, String> links = new LinkedHashMap<>();
    String cpus = "";
    String numa = "";
    for (int i = 1; i < Math.min(heads.size(), cells.length); i++) {
      String head = heads.get(i);
      String cell = cells[i].strip();
      if (head.equals(CPUS)) {
        cpus = cell;
      } else if (head.equals(NUMA)) {
        numa = cell.equals("N/A") ? "" : cell;
      } else if (!head.equals(name)
          && (GPU.matcher(head).matches() || CARD.matcher(head).matches())) {
        links.put(head, cell);
      }
    }
    return new Gpu(name, links, cpus, numa);
  }

  /** The kinds of links between GPUs, the nearest first. */
  List<String> kinds() {
    List<String> kinds = new ArrayList<>();
    for (Gpu gpu : gpus) {
      for (Gpu other : gpus) {
        String link = gpu.links.getOrDefault(other.name, "");
        if (!link.isEmpty() && !kinds.contains(link)) {
          kinds.add(link);
        }
      }
    }
    kinds.sort((one, other) -> Integer.compare(distance(one), distance(other)));
    return kinds;
  }

  private static int distance(String link) {
    int known = ORDER.indexOf(link);
    return link.startsWith("NV") ? -Integer.parseInt("0" + link.substring(2)) - 1 : known;
  }

  /** The network card that is nearest to a GPU, and over what; empty when there is none. */
  Optional<String> nearestCard(Gpu gpu) {
    return cards.keySet().stream()
        .filter(gpu.links::containsKey)
        .min((one, other) -> distance(gpu.links.get(one)) - distance(gpu.links.get(other)))
        .map(card -> cards.get(card) + " (" + gpu.links.get(card) + ")");
  }

  /** What a kind of link is, in words. */
  static String words(String link) {
    if (link.startsWith("NV")) {
      String number = link.substring(2);
      return number + (number.equals("1") ? " NVLink" : " NVLinks");
    }
    return switch (link) {
      case "PIX" -> "one PCIe switch at most";
      case "PXB" -> "several PCIe switches, not the processor";
      case "PHB" -> "the processor's PCIe host bridge";
      case "NODE" -> "several host bridges of one NUMA node";
      case "SYS" -> "the link between the processors' NUMA nodes: the slowest way";
      default -> link;
    };
  }
}
