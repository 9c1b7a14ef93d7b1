/**
 * Volumes of pods as folders of this machine, and the containers' mounts as links to them.
 *
 * <p>{@link dev.mlk.practice.node.volume.PodVolumes} is the door; {@link
 * dev.mlk.practice.node.volume.RootFolder} is what a container sees.
 */
package dev.mlk.practice.node.volume;
