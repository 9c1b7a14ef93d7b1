package dev.mlk.sweep.run;

/**
 * How many trials may run at once.
 *
 * @param trials how many
 * @param words why so many, such as {@code 3 GPUs for this sweep}
 */
record Room(int trials, String words) {}
