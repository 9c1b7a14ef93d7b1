package dev.mlk.practice.node;

import dev.mlk.practice.node.volume.RootFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * One run of a container: what is needed to run commands beside it and to watch it.
 *
 * @param workload what runs
 * @param root what it sees as its file system; none when it is simulated
 * @param folder its working directory
 * @param environment its environment
 * @param owner its mark among the processes
 * @param memoryLimit bytes beyond which it is ended, 0 for no limit
 */
record Run(
    Workload workload,
    Optional<RootFolder> root,
    Path folder,
    Map<String, String> environment,
    String owner,
    long memoryLimit) {}
