/**
 * The pods' network on a machine where all of them share one: addresses of their own, local ports
 * that stand for the ports of their containers, names translated to those, and the proxy that gives
 * each Service an address.
 *
 * <p>{@link dev.mlk.practice.node.network.PodNetwork} is the door for pods, {@link
 * dev.mlk.practice.node.network.ServiceProxy} for Services.
 */
package dev.mlk.practice.node.network;
