package dev.mlk.practice.node;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.EventRecorder;
import dev.mlk.practice.node.image.Catalog;
import dev.mlk.practice.node.network.NameTranslation;
import dev.mlk.practice.node.network.PodNetwork;
import dev.mlk.practice.node.process.Processes;
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
    ExecutorService executor) {
  /** The address under which the node is known. */
  static final String ADDRESS = "127.0.0.1";
}
