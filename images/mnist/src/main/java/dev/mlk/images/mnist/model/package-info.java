/**
 * TensorFlow graphs: {@link dev.mlk.images.mnist.model.Network} reads digits, {@link
 * dev.mlk.images.mnist.model.TrainingGraph} teaches it. Both keep their state in {@link
 * dev.mlk.images.mnist.model.Variables}, on the devices that {@link
 * dev.mlk.images.mnist.model.Placement} names.
 */
package dev.mlk.images.mnist.model;
