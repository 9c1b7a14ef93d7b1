package dev.mlk.board;

import dev.mlk.board.pod.TensorBoardRun;
import dev.mlk.board.web.BoardServer;
import dev.mlk.connect.Connection;
import dev.mlk.console.Invocation;
import dev.mlk.metrics.JobLogs;
import java.time.Duration;
import java.util.List;

/** TensorBoard itself as the board, in a pod beside the logs, until somebody ends it. */
final class PodBoard {
  /** TensorBoard comes with TensorFlow. */
  private static final String USUAL_IMAGE = "tensorflow/tensorflow:2.20.0";

  /** The image has half a gigabyte. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Invocation invocation;
  private final Connection connection;

  PodBoard(Invocation invocation, Connection connection) {
    this.invocation = invocation;
    this.connection = connection;
  }

  /**
   * Serves the logs.
   *
   * @param logs where they are; all of them shared
   * @param image the image; empty for TensorFlow's
   */
  int serve(List<JobLogs> logs, String image, int port, boolean open) throws Exception {
    TensorBoardRun.Wanted wanted =
        new TensorBoardRun.Wanted(
            image.isEmpty() ? USUAL_IMAGE : image, logs, BoardServer.USUAL_PORT, port, PATIENCE);
    List<String> names = logs.stream().map(JobLogs::jobName).distinct().toList();
    String title = names.size() == 1 ? names.getFirst() : names.size() + " jobs";
    try (TensorBoardRun run = TensorBoardRun.start(connection, wanted, invocation::note)) {
      new Stay(invocation).at(run.address(), title, open);
    }
    return 0;
  }
}
