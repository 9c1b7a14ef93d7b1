/**
 * The other processes. {@link dev.mlk.images.mnist.cluster.Membership} is what TF_CONFIG says,
 * {@link dev.mlk.images.mnist.cluster.TaskServer} this process's TensorFlow server, {@link
 * dev.mlk.images.mnist.cluster.Peers} waits for the others.
 */
package dev.mlk.images.mnist.cluster;
