/** How the program ends: the exit codes and the exception that carries one. */
package dev.mlk.images.mnist.exit;
