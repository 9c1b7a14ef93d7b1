/**
 * Reads TensorBoard's event files as a stream, in bounded memory. {@link dev.mlk.events.LogFolder}
 * is the door: it finds the runs of a folder and hands every value to an {@link
 * dev.mlk.events.EventConsumer}. {@link dev.mlk.events.Curves} is a consumer that keeps a bounded
 * sample of every scalar.
 */
package dev.mlk.events;
