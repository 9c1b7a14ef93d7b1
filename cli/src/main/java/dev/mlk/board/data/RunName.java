package dev.mlk.board.data;

/**
 * A run of a board.
 *
 * @param id its number on this board, from 0 in the order in which runs were met
 * @param name its name among all sources
 * @param started when its first value was written, in seconds since 1970
 */
public record RunName(int id, String name, double started) {}
