/**
 * {@code mlk usage}: what was held of GPUs, CPUs and memory, by whom, and what it cost. {@link
 * dev.mlk.usage.UsageCommand} is the door.
 */
package dev.mlk.usage;
