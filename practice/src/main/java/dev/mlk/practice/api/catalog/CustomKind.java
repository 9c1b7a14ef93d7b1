package dev.mlk.practice.api.catalog;

/**
 * What a custom resource definition says of one version beyond names and rules.
 *
 * @param storageVersion the version in which objects are stored
 * @param deprecation the warning for users of this version, empty for none
 */
public record CustomKind(String storageVersion, String deprecation) {}
