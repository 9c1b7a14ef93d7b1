/**
 * Where everything is put together: {@link dev.mlk.app.App} finds the command that the arguments
 * name, builds only that one, runs it, and turns every problem into words and an exit code. Nobody
 * but the main class depends on this package.
 */
package dev.mlk.app;
