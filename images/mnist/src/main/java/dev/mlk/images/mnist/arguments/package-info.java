/**
 * Command line and environment, checked. {@link dev.mlk.images.mnist.arguments.Arguments} is what
 * they say; {@link dev.mlk.images.mnist.arguments.CommandLine} reads them and prints the help.
 */
package dev.mlk.images.mnist.arguments;
