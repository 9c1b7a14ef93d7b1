/** JMH benchmarks of the practice cluster's hot paths; {@code benchmarks/micro} runs them. */
package dev.mlk.benchmarks;
