package dev.mlk.practice.store;

/**
 * A value as stored; whoever reads it must not change the bytes.
 *
 * @param key where it is
 * @param revision the store's revision that wrote it
 * @param value its bytes
 */
public record Stored(String key, long revision, byte[] value) {}
