package dev.mlk.events;

import java.nio.file.Path;

/**
 * A folder with event files.
 *
 * @param name its path below the log folder, with slashes; {@code .} for the log folder itself
 * @param folder where it is
 */
public record Run(String name, Path folder) {}
