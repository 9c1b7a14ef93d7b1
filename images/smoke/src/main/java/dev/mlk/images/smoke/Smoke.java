package dev.mlk.images.smoke;

import java.util.List;

/**
 * One line of JSON a fact about the GPUs of this container. GPUs are simulated: the products are
 * real and computed by TensorFlow, on the processor, and each line says so.
 */
public final class Smoke {
  private static final int PROTOCOL = 1;
  private static final int COMPARED = 256;
  private static final int TIMED = 1024;
  private static final double TOLERANCE = 1e-4;
  private static final int MEBIBYTES = 16;
  private static final int SEED = 1;

  private final Facts facts;
  private final List<String> devices;

  Smoke(Facts facts, List<String> devices) {
    this.facts = facts;
    this.devices = devices;
  }

  /** The entry point of the image; the word {@code identity} leaves the arithmetic out. */
  public static void main(String[] words) {
    // JavaCPP would refuse memory beyond four times the Java heap.
    System.setProperty("org.bytedeco.javacpp.maxBytes", "0");
    System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    Facts facts = new Facts(System.out);
    Smoke smoke = new Smoke(facts, Devices.of(System.getenv()));
    smoke.identity();
    if (!List.of(words).contains("identity")) {
      smoke.arithmetic();
    }
    facts.say("end").end();
  }

  void identity() {
    facts
        .say("start")
        .put("protocol", PROTOCOL)
        .put("program", "java")
        .put("simulated", true)
        .put("kernel", System.getProperty("os.version", ""))
        .end();
    facts.say("driver").put("simulated", true).end();
    for (int i = 0; i < devices.size(); i++) {
      facts.say("device").put("index", i).put("uuid", devices.get(i)).put("simulated", true).end();
    }
  }

  void arithmetic() {
    try (Arithmetic arithmetic = new Arithmetic(SEED)) {
      facts
          .say("tensorflow")
          .put("version", arithmetic.version())
          .put("built", "cpu")
          .put("gpus", devices.size())
          .put("simulated", true)
          .end();
      for (int i = 0; i < devices.size(); i++) {
        device(arithmetic, i);
      }
      for (int from = 0; from < devices.size(); from++) {
        for (int to = from + 1; to < devices.size(); to++) {
          facts
              .say("peer")
              .put("from", from)
              .put("to", to)
              .put("intact", arithmetic.copied(MEBIBYTES))
              .put("simulated", true)
              .end();
        }
      }
    } catch (RuntimeException | LinkageError e) {
      facts.say("error").put("where", "tensorflow").put("message", e.toString()).end();
    }
  }

  private void device(Arithmetic arithmetic, int index) {
    facts
        .say("listed")
        .put("index", index)
        .put("name", Arithmetic.DEVICE)
        .put("simulated", true)
        .end();
    facts
        .say("product")
        .put("index", index)
        .put("placed", Arithmetic.DEVICE)
        .put("size", COMPARED)
        .put("difference", arithmetic.difference(COMPARED))
        .put("tolerance", TOLERANCE)
        .put("simulated", true)
        .end();
    facts
        .say("speed")
        .put("index", index)
        .put("gflops", arithmetic.gflops(TIMED))
        .put("size", TIMED)
        .put("simulated", true)
        .end();
    facts
        .say("memory")
        .put("index", index)
        .put("wantedMiB", MEBIBYTES)
        .put("gotMiB", MEBIBYTES)
        .put("intact", arithmetic.copied(MEBIBYTES))
        .put("simulated", true)
        .end();
  }
}
