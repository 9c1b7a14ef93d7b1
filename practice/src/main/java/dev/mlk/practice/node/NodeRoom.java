package dev.mlk.practice.node;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.EventRecorder;
import dev.mlk.practice.node.image.Catalog;
import dev.mlk.practice.node.network.NameTranslation;
import dev.mlk.practice.node.network.PodNetwork;
import dev.mlk.practice.node.process.Processes;
import dev.mlk.practice.node.volume.MountNamespaces;
import dev.mlk.practice.node.volume.RootFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/**
 * What all pods of one node share.
 *
 * @param spec the node
 * @param number its number, from 0
 * @param config what the agent was told
 * @param api the way to the API server
 * @param ticker time
 * @param processes where processes run
 * @param network addresses and ports
 * @param names translation of names to those
 * @param services the Services as variables show them, by namespace
 * @param catalog the images
 * @param images the images that this node has pulled
 * @param pulls how pulling goes
 * @param devices the node's GPUs
 * @param events the node's recorder
 * @param mounts how read-only mounts are made such
 * @param executor where work on pods is done
 */
record NodeRoom(
    NodeSpec spec,
    int number,
    NodeConfig config,
    ApiClient api,
    Ticker ticker,
    Processes processes,
    PodNetwork network,
    NameTranslation names,
    ClusterServices services,
    Catalog catalog,
    Map<String, Boolean> images,
    PullRules pulls,
    Gpus devices,
    EventRecorder events,
    MountNamespaces mounts,
    ExecutorService executor) {
  /** The address under which the node is known. */
  static final String ADDRESS = "127.0.0.1";

  /**
   * What to put before a command of a container: the ways into its pod's network and to its mounts.
   *
   * @param uid the pod's uid
   * @param folder the command's working folder
   * @param environment its variables
   */
  List<String> entrance(String uid, RootFolder root, Path folder, Map<String, String> environment) {
    List<String> entrance = new ArrayList<>(network.entrance(uid));
    boolean inside = !entrance.isEmpty();
    entrance.addAll(mounts.entrance(root.readOnly(), folder, environment, inside));
    return entrance;
  }
}
