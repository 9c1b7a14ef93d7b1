package dev.mlk.practice.load;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.TestCluster;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One client that writes objects of its own in random order and remembers what was acknowledged.
 * Each write sets a label to the next number, so the object itself tells which write it is.
 */
final class ObjectWriter implements Runnable {
  static final String NAMESPACE = "default";
  private static final int NAMES = 25;
  private static final String LABEL = "write";
  private final String name;
  private final Random random;
  private final Set<Long> revisions;

  /** The number of the write that each object must show; objects not in it must not be there. */
  private final Map<String, Long> acknowledged = new TreeMap<>();

  /** The one write whose answer never came, and what the object shows if it was done. */
  private Optional<Doubt> doubt = Optional.empty();

  private final List<String> faults = new ArrayList<>();
  private ApiClient client;
  private long next;
  private long highest;
  private long count;

  private record Doubt(String object, Optional<Long> shows) {}

  /**
   * A client.
   *
   * @param revisions where all clients note the resourceVersions of their writes
   */
  ObjectWriter(String name, long seed, Set<Long> revisions) {
    this.name = name;
    this.random = new Random(seed);
    this.revisions = revisions;
  }

  void use(ApiClient now) {
    client = now;
  }

  /** Writes until the server is gone. */
  @Override
  public void run() {
    try {
      while (true) {
        once(name + "-" + random.nextInt(NAMES));
      }
    } catch (UncheckedIOException e) {
      // The server was killed; whether the write in doubt was done will be seen.
    }
  }

  private void once(String object) {
    long number = ++next;
    boolean there = acknowledged.containsKey(object);
    boolean removal = there && random.nextInt(4) == 0;
    doubt = Optional.of(new Doubt(object, removal ? Optional.empty() : Optional.of(number)));
    try {
      if (removal) {
        client.delete(resource(object), NAMESPACE, object, TestCluster.json("{}"));
        acknowledged.remove(object);
      } else {
        note(there ? change(object, number) : create(object, number), number);
        acknowledged.put(object, number);
      }
      count++;
    } catch (ApiException e) {
      // The scheduler writes to pods too, so an update of one may come too late.
      if (!e.conflict()) {
        faults.add(object + ": " + e.getMessage());
      }
    }
    doubt = Optional.empty();
  }

  private void note(ObjectNode answer, long number) {
    long revision = answer.path("metadata").path("resourceVersion").asLong();
    if (!revisions.add(revision)) {
      faults.add("resourceVersion " + revision + " came twice, now for write " + number);
    }
    highest = Math.max(highest, revision);
  }

  private ObjectNode create(String object, long number) {
    String spec =
        resource(object).equals(Resources.PODS)
            ? "spec: {containers: [{name: 'main', image: 'mlk/simulated'}]}"
            : "data: {text: 'some'}";
    return client.create(
        resource(object),
        NAMESPACE,
        TestCluster.json(
            "{metadata: {name: '" + object + "', labels: {" + label(number) + "}}, " + spec + "}"));
  }

  private ObjectNode change(String object, long number) {
    Resource resource = resource(object);
    String path = resource.path(NAMESPACE, object);
    return switch (random.nextInt(3)) {
      case 0 -> {
        ObjectNode now = client.get(resource, NAMESPACE, object);
        ((ObjectNode) now.path("metadata").path("labels")).put(LABEL, Long.toString(number));
        yield client.update(resource, now);
      }
      case 1 ->
          client.patch(
              path,
              ApiClient.PatchType.MERGE,
              TestCluster.json("{metadata: {labels: {" + label(number) + "}}}"));
      default -> {
        // Of a pod its status, which here says the number too.
        boolean pod = resource.equals(Resources.PODS);
        String status = pod ? ", status: {message: 'write " + number + "'}" : "";
        yield client.patch(
            pod ? path + "/status" : path,
            ApiClient.PatchType.STRATEGIC,
            TestCluster.json("{metadata: {labels: {" + label(number) + "}}" + status + "}"));
      }
    };
  }

  private static String label(long number) {
    return LABEL + ": '" + number + "'";
  }

  /** Every third object is a pod, the others are config maps. */
  static Resource resource(String object) {
    int number = Integer.parseInt(object.substring(object.lastIndexOf('-') + 1));
    return number % 3 == 0 ? Resources.PODS : Resources.CONFIG_MAPS;
  }

  /**
   * Compares with what the server has after its restart, and settles the write in doubt.
   *
   * @param found all objects by name
   * @return what is wrong
   */
  List<String> check(Map<String, JsonNode> found) {
    List<String> wrong = new ArrayList<>(faults);
    faults.clear();
    for (int i = 0; i < NAMES; i++) {
      String object = name + "-" + i;
      Optional<Long> expected = Optional.ofNullable(acknowledged.get(object));
      Optional<Long> shows = Optional.ofNullable(found.get(object)).map(ObjectWriter::number);
      boolean inDoubt =
          doubt.isPresent()
              && doubt.get().object().equals(object)
              && doubt.get().shows().equals(shows);
      if (!shows.equals(expected) && !inDoubt) {
        wrong.add(object + " should be at write " + expected + " and is at " + shows);
      }
      shows.ifPresentOrElse(
          number -> acknowledged.put(object, number), () -> acknowledged.remove(object));
    }
    doubt = Optional.empty();
    return wrong;
  }

  private static long number(JsonNode object) {
    return object.path("metadata").path("labels").path(LABEL).asLong(-1);
  }

  /** The highest resourceVersion that it was told of. */
  long highest() {
    return highest;
  }

  /** How many writes were acknowledged. */
  long count() {
    return count;
  }
}
