package dev.mlk.app;

import dev.mlk.format.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The names of all commands and their one-line helps, so that no class is loaded to list them. A
 * test holds the table equal to the command classes.
 */
final class CommandTable {
  /**
   * A command.
   *
   * @param path noun and verb, such as {@code tfjob list}, or one word
   * @param summary what it does, one line
   */
  record Entry(String path, String summary) {
    String noun() {
      int space = path.indexOf(' ');
      return space < 0 ? path : path.substring(0, space);
    }
  }

  /**
   * A noun with verbs.
   *
   * @param noun the noun
   * @param summary what it is about, one line
   */
  record Group(String noun, String summary) {}

  static final List<Group> GROUPS =
      List.of(
          new Group("tfjob", "Submit, follow, explain and delete training jobs"),
          new Group("template", "Job templates with typed parameters"),
          new Group("sweep", "Train a job with many parameters and compare the results"),
          new Group(
              "cluster", "Check any cluster; start and stop the practice cluster of this machine"),
          new Group("gpu", "See who has the GPUs, how they are connected, and whether they work"),
          new Group("module", "The workshop: modules to work through, step by step"),
          new Group("board", "Who is where in the workshop, and stuck on what"),
          new Group("content", "For authors of modules"),
          new Group("operator", "The TFJob operator outside the practice cluster"));

  static final List<Entry> ENTRIES =
      List.of(
          new Entry("tfjob submit", "Check and create a training job, and follow it if wanted"),
          new Entry("tfjob list", "List the training jobs, whoever made them"),
          new Entry("tfjob get", "Show one job: its state, its replicas, and what is the matter"),
          new Entry(
              "tfjob logs", "Print the logs of all replicas, each line with its replica before it"),
          new Entry("tfjob wait", "Wait until jobs have ended; the exit code tells how"),
          new Entry(
              "tfjob why",
              "Say in a sentence why a job waits, fails or goes on, and what to do next"),
          new Entry(
              "tfjob suspend", "Take a job's pods away and keep the job; its GPUs become free"),
          new Entry("tfjob resume", "Let a suspended job go on, from its last checkpoint"),
          new Entry(
              "tfjob delete", "Delete jobs with their pods; claims and what was trained stay"),
          new Entry(
              "tfjob render",
              "Print the objects that submit would send, with all settings applied"),
          new Entry(
              "sweep", "Train one job many times with other parameters, and say which were best"),
          new Entry("sweep list", "List the sweeps of the namespace"),
          new Entry("sweep get", "Show a sweep as it is now: which trials ran, run and wait"),
          new Entry(
              "sweep report",
              "Say what came out of a sweep so far: all trials, the best, what mattered"),
          new Entry("sweep render", "Print a sweep as Katib's Experiment, for Katib to run it"),
          new Entry(
              "sweep stop",
              "Start no more trials and delete the jobs of those that run; results stay"),
          new Entry(
              "sweep resume",
              "Run what is missing or failed of a sweep; nothing finished runs again"),
          new Entry("sweep delete", "Delete a sweep with its results and all its jobs"),
          new Entry("template list", "List the job templates"),
          new Entry("template show", "Print a template's manifest, or its parameters"),
          new Entry(
              "template render",
              "Print the objects that submit would send, with all settings applied"),
          new Entry(
              "cluster check", "Say what of a cluster is right for training jobs, and what is not"),
          new Entry("cluster start", "Start the practice cluster"),
          new Entry("cluster stop", "Stop the practice cluster; its objects stay"),
          new Entry("cluster status", "Show the practice clusters of this machine"),
          new Entry(
              "cluster reset",
              "Empty the practice cluster: all objects, volumes and logs are lost"),
          new Entry(
              "cluster kubeconfig",
              "Print the practice cluster's kubeconfig, or merge it into yours"),
          new Entry(
              "metrics",
              "Print the numbers that a job, a sweep or a folder has logged for TensorBoard"),
          new Entry(
              "tensorboard",
              "Show the curves of jobs, a sweep or a folder in the browser or the terminal"),
          new Entry("gpu top", "Show where the GPUs are, who has them, and what waits for them"),
          new Entry("gpu topology", "Show how GPUs are connected, and where a job would go"),
          new Entry(
              "gpu verify", "Run a small pod on every GPU node that says whether its GPUs work"),
          new Entry("module list", "List the modules of the workshop, and how far you are"),
          new Entry("module show", "Show the page of a module, or of one of its steps"),
          new Entry(
              "module start", "Begin a module: its files are copied, the step at hand is shown"),
          new Entry("module next", "Show the step that comes next"),
          new Entry(
              "module hint",
              "Give the next hint for a step, from where to look to the exact command"),
          new Entry("module solve", "Show the solution of a step, and do it if wanted"),
          new Entry("module reset", "Begin a step or a module anew; your files are kept aside"),
          new Entry(
              "module catch-up", "Make what a module needs of those before it, for who comes late"),
          new Entry(
              "verify", "Say what of a module or step is right, what is not, and what to do next"),
          new Entry(
              "watch",
              "Show a module's page and verify it on every save and change in the cluster"),
          new Entry("answer", "Answer a question of the workshop"),
          new Entry("board", "Show an instructor who is where in the workshop, and stuck on what"),
          new Entry(
              "board join", "Let an instructor see on the board where you are in the workshop"),
          new Entry("board leave", "Take yourself off the instructor's board"),
          new Entry("content check", "Try every step of modules, rightly and wrongly"),
          new Entry("content new", "Write a first module of your own to begin with"),
          new Entry("operator run", "Run the TFJob operator in the foreground"),
          new Entry(
              "usage", "Say what was held of GPUs, CPUs and memory, by whom, and what it cost"),
          new Entry(
              "doctor", "Say whether this machine is fit for the practice cluster and the course"),
          new Entry("completion", "Print a completion script for bash, zsh or fish"),
          new Entry("version", "Show the versions of mlk and of the cluster"));

  /** Commands that only mlk itself calls: in no help and no completion. */
  static final List<Entry> HIDDEN =
      List.of(
          new Entry("cluster serve", "Run a practice cluster in this process"),
          new Entry("sweep run", "Run a sweep to its end, as its Job in the cluster does"),
          new Entry("__complete", "Say what can come next on a command line"));

  private CommandTable() {}

  static Optional<Entry> find(String path) {
    for (Entry entry : ENTRIES) {
      if (entry.path.equals(path)) {
        return Optional.of(entry);
      }
    }
    return HIDDEN.stream().filter(entry -> entry.path.equals(path)).findFirst();
  }

  static Optional<Group> group(String noun) {
    return GROUPS.stream().filter(group -> group.noun.equals(noun)).findFirst();
  }

  static List<Entry> verbs(String noun) {
    return ENTRIES.stream().filter(entry -> entry.path.startsWith(noun + " ")).toList();
  }

  /** The first words and their summaries: groups, then commands of one word. */
  static Map<String, String> nouns() {
    Map<String, String> nouns = new LinkedHashMap<>();
    for (Group group : GROUPS) {
      nouns.put(group.noun, group.summary);
    }
    for (Entry entry : ENTRIES) {
      if (entry.path.indexOf(' ') < 0) {
        nouns.putIfAbsent(entry.path, entry.summary);
      }
    }
    return nouns;
  }

  /** The whole names near a mistyped one. */
  static Optional<String> nearest(String typed) {
    List<String> paths = new ArrayList<>(new TreeSet<>(nouns().keySet()));
    for (Entry entry : ENTRIES) {
      paths.add(entry.path);
    }
    return Nearest.to(typed, paths);
  }
}
