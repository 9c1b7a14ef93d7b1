package dev.mlk.gpu.overview;

import dev.mlk.practice.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The NUMA zones of a node as boxes, two beside each other, in ASCII and within 80 columns.
 *
 * @param numa the zones
 * @param link what connects the GPUs
 */
record NumaPicture(Numa numa, Optional<Link> link) {
  private static final int WIDTH = 34;
  private static final int MOST_DEVICES = 4;
  private static final int BETWEEN = 6;

  void draw(StringBuilder text) {
    List<Numa.Zone> zones = numa.zones();
    for (int i = 0; i < zones.size(); i += 2) {
      List<String> left = box(zones.get(i));
      List<String> right = i + 1 < zones.size() ? box(zones.get(i + 1)) : List.of();
      Optional<Long> cost =
          i + 1 < zones.size()
              ? Optional.ofNullable(zones.get(i).costs().get(zones.get(i + 1).name()))
              : Optional.empty();
      for (int line = 0; line < Math.max(left.size(), right.size()); line++) {
        String middle = line == 2 && !right.isEmpty() ? between(cost) : " ".repeat(BETWEEN);
        text.append("  ")
            .append(line < left.size() ? left.get(line) : " ".repeat(WIDTH))
            .append(line < right.size() ? middle + right.get(line) : "")
            .append('\n');
      }
    }
    link.filter(Link::switched)
        .ifPresent(
            one -> {
              boolean two = zones.size() > 1;
              int to = two ? WIDTH + BETWEEN + WIDTH : WIDTH;
              String words = " " + one.name() + ", all to all ";
              int dashes = Math.max(0, to - 2 - words.length());
              text.append("  `").append("=".repeat(dashes / 2)).append(words);
              text.append("=".repeat(dashes - dashes / 2)).append("'\n");
            });
  }

  /** The distance as ACPI tells it: 10 is the zone itself. */
  private static String between(Optional<Long> cost) {
    return cost.map(value -> ("--" + value + "------").substring(0, BETWEEN))
        .orElse("-".repeat(BETWEEN));
  }

  private static List<String> box(Numa.Zone zone) {
    List<String> lines = new ArrayList<>();
    String title = "+-- NUMA " + zone.name() + " ";
    lines.add(title + "-".repeat(Math.max(0, WIDTH - 1 - title.length())) + "+");
    lines.add(inside(plain(zone)));
    List<String> devices = devices(zone);
    devices.stream().limit(MOST_DEVICES).forEach(device -> lines.add(inside(device)));
    if (devices.size() > MOST_DEVICES) {
      lines.add(inside("and " + (devices.size() - MOST_DEVICES) + " more kinds"));
    }
    if (devices.isEmpty()) {
      lines.add(inside("no devices"));
    }
    lines.add("+" + "-".repeat(WIDTH - 2) + "+");
    return lines;
  }

  private static String plain(Numa.Zone zone) {
    String cpu = Quantity.ofUnits("cpu", zone.capacity().getOrDefault("cpu", 0L)).toString();
    long gibi = zone.capacity().getOrDefault("memory", 0L) >> 30;
    return cpu + " CPU, " + (gibi > 0 ? gibi + "Gi" : "memory " + Words.UNKNOWN);
  }

  private static List<String> devices(Numa.Zone zone) {
    List<String> devices = new ArrayList<>();
    for (Map.Entry<String, Long> entry : zone.capacity().entrySet()) {
      if (entry.getKey().indexOf('/') > 0 && entry.getValue() > 0) {
        long free = zone.available().getOrDefault(entry.getKey(), 0L);
        devices.add(entry.getValue() + " x " + entry.getKey() + ", " + free + " free");
      }
    }
    return devices;
  }

  private static String inside(String words) {
    int room = WIDTH - 4;
    String cut = words.length() > room ? words.substring(0, room - 3) + "..." : words;
    return "| " + cut + " ".repeat(room - cut.length()) + " |";
  }
}
