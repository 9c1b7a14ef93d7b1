/**
 * The images that the practice cluster has: a catalogue that says which programs an image stands
 * for, read from {@code images/catalog.yaml}.
 *
 * <p>{@link dev.mlk.practice.node.image.Catalog} is the door.
 */
package dev.mlk.practice.node.image;
