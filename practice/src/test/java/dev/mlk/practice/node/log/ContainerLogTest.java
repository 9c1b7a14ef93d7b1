package dev.mlk.practice.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContainerLogTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path folder;
  private Instant now = START;
  private final InstantSource clock = () -> now;

  private ContainerLog log(long bytes, int files) {
    return ContainerLog.begin(
        folder.resolve("main/0.log"), clock, new ContainerLog.Limits(bytes, files));
  }

  private static String text(ContainerLog log, LogOptions options) throws IOException {
    try (InputStream in = log.read(options)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void write(ContainerLog log, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    log.write(bytes, 0, bytes.length);
  }

  @Test
  void the_file_has_the_runtime_interface_s_format() throws IOException {
    try (ContainerLog log = log(1000, 2)) {
      write(log, "one\ntw");
      write(log, "o\nthree");
    }
    assertThat(Files.readString(folder.resolve("main/0.log")))
        .isEqualTo(
            """
            2026-11-22T10:00:00.000000000Z stdout F one
            2026-11-22T10:00:00.000000000Z stdout F two
            2026-11-22T10:00:00.000000000Z stdout F three
            """);
  }

  @Test
  void nothing_written_is_nothing_to_read() throws IOException {
    try (ContainerLog log = log(1000, 2)) {
      assertThat(text(log, LogOptions.ALL)).isEmpty();
    }
    assertThat(folder.resolve("main")).doesNotExist();
  }

  @Test
  void tail_since_limit_and_timestamps_choose() throws IOException {
    ContainerLog log = log(1000, 2);
    for (int i = 1; i <= 4; i++) {
      log.line("line " + i);
      now = now.plusSeconds(1);
    }
    log.close();
    Optional<Integer> none = Optional.empty();
    assertThat(text(log, LogOptions.last(2))).isEqualTo("line 3\nline 4\n");
    assertThat(text(log, LogOptions.last(0))).isEmpty();
    assertThat(
            text(
                log,
                new LogOptions(
                    false, none, Optional.of(START.plusSeconds(3)), Optional.empty(), false)))
        .isEqualTo("line 4\n");
    assertThat(text(log, new LogOptions(false, none, Optional.empty(), Optional.of(9L), false)))
        .isEqualTo("line 1\nli");
    assertThat(
            text(
                log,
                new LogOptions(false, Optional.of(1), Optional.empty(), Optional.empty(), true)))
        .isEqualTo("2026-11-22T10:00:03.000000000Z line 4\n");
  }

  @Test
  void long_lines_come_back_whole() throws IOException {
    String text = "x".repeat(40_000) + "\nshort\n";
    try (ContainerLog log = log(1_000_000, 2)) {
      write(log, text);
      assertThat(text(log, LogOptions.ALL)).isEqualTo(text);
      assertThat(text(log, LogOptions.last(2))).isEqualTo(text);
      assertThat(text(log, LogOptions.last(1))).isEqualTo("short\n");
    }
  }

  @Test
  void rotation_keeps_the_last_files() throws IOException {
    ContainerLog log = log(100, 2);
    for (int i = 10; i < 30; i++) {
      log.line("line " + i);
    }
    log.close();
    try (var files = Files.list(folder.resolve("main"))) {
      assertThat(files).hasSize(2);
    }
    String kept = text(log, LogOptions.ALL);
    assertThat(kept).endsWith("line 28\nline 29\n").doesNotContain("line 10\n");
    assertThat(text(ContainerLog.ended(folder.resolve("main/0.log"), clock), LogOptions.ALL))
        .isEqualTo(kept);
  }

  @Test
  void a_follower_gets_every_line_once_through_rotations_and_ends_with_the_log() throws Exception {
    ContainerLog log = log(2000, 1000);
    LogOptions follow =
        new LogOptions(true, Optional.empty(), Optional.empty(), Optional.empty(), false);
    CompletableFuture<String> reader =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return text(log, follow);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      log.line("line " + i);
      expected.append("line ").append(i).append('\n');
    }
    log.close();
    assertThat(reader.get(60, TimeUnit.SECONDS)).isEqualTo(expected.toString());
  }

  @Test
  void bytes_that_are_no_text_come_back_as_they_were() throws IOException {
    byte[] garbage = new byte[100_000];
    new java.util.Random(7).nextBytes(garbage);
    garbage[garbage.length - 1] = '\n';
    try (ContainerLog log = log(1 << 20, 2)) {
      for (int at = 0; at < garbage.length; at += 3_333) {
        log.write(garbage, at, Math.min(3_333, garbage.length - at));
      }
      try (InputStream in = log.read(LogOptions.ALL)) {
        assertThat(in.readAllBytes()).isEqualTo(garbage);
      }
    }
  }

  @Test
  void lines_as_long_as_a_part_and_longer_stay_whole() throws IOException {
    String exact = "x".repeat(16 * 1024);
    String longer = "y".repeat(40_000);
    try (ContainerLog log = log(1 << 20, 2)) {
      write(log, exact + "\n" + longer + "\nend\n");
      assertThat(text(log, LogOptions.ALL)).isEqualTo(exact + "\n" + longer + "\nend\n");
      assertThat(text(log, LogOptions.last(2))).isEqualTo(longer + "\nend\n");
    }
  }

  @Test
  void after_a_write_that_failed_the_log_goes_on() throws IOException {
    Path blocked = folder.resolve("main");
    Files.writeString(blocked, "a file where a folder should be");
    try (ContainerLog log = log(1 << 20, 2)) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> write(log, "lost\n"))
          .isInstanceOf(IOException.class);
      Files.delete(blocked);
      write(log, "kept\n");
      assertThat(text(log, LogOptions.ALL)).isEqualTo("kept\n");
    }
  }
}
