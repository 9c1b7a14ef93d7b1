package dev.mlk.practice.api.objects;

/**
 * What selectors look at. Shared: not to be changed.
 *
 * @param labels the object's labels
 * @param fields the selectable fields' values by field label
 */
public record Selectable(Texts labels, Texts fields) {}
