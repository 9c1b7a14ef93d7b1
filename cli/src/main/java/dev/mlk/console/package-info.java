/**
 * The terminal's edge: {@link dev.mlk.console.Console} holds the streams, {@link
 * dev.mlk.console.Invocation} all that a command gets, {@link dev.mlk.console.Printer} turns rows
 * and documents into text, JSON and YAML. Data goes to standard output, everything else to standard
 * error.
 */
package dev.mlk.console;
