/**
 * What Kubernetes allows as names, labels and the like, with its texts: {@code Names} is the door.
 */
package dev.mlk.practice.name;
