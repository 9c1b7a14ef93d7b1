/**
 * What the program prints: lines of {@code name=value} that people read and machines parse. {@link
 * dev.mlk.images.mnist.report.Journal} prints them.
 */
package dev.mlk.images.mnist.report;
