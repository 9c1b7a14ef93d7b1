package dev.mlk.sweep.trial;

import dev.mlk.job.Job;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Reads {@code name=value} from the log of a job's chief, or of its first worker. */
public final class LogSource implements MetricSource {
  private static final String CONTAINER = "tensorflow";
  private final ApiClient api;

  /** A source that asks this cluster. */
  public LogSource(ApiClient api) {
    this.api = api;
  }

  /** The replica whose log tells how the job does, such as {@code worker-0}. */
  public static String leader(Job job) {
    List<Job.Wanted> wanted = job.wanted();
    return wanted.isEmpty() ? "worker-0" : wanted.getFirst().type().toLowerCase(Locale.ROOT) + "-0";
  }

  @Override
  public Reading read(Job job, String metric) {
    Measures measures = new Measures(metric);
    String place = "the log of " + leader(job);
    try (Reply reply = api.open(request(job, false))) {
      take(reply, measures);
      return new Reading(place, measures, "", Events.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ApiException e) {
      if (e.code() == 404 || e.code() == 400) {
        return new Reading(place, measures, e.getMessage(), Events.NONE);
      }
      throw e;
    }
  }

  /** The log as it grows; the caller closes it. */
  public Reply follow(Job job) {
    return api.open(request(job, true));
  }

  /** Hands every line of a log on. */
  public static void take(Reply reply, Measures measures) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      measures.take(line);
    }
  }

  private static Request request(Job job, boolean follow) {
    String path = Resources.PODS.path(job.namespace(), job.name() + "-" + leader(job), "log");
    Request request = Request.of("GET", path).query("container", CONTAINER);
    return follow ? request.query("follow", "true") : request;
  }
}
