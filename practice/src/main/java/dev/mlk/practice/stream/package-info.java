/**
 * The protocols behind a pod's exec, attach and portforward, from the upgrade of the HTTP
 * connection on: WebSocket channels and SPDY streams. The way in is {@link
 * dev.mlk.practice.stream.Upgrade#choose}.
 */
package dev.mlk.practice.stream;
