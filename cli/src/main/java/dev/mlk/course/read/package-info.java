/** Reads packs of modules: {@link dev.mlk.course.read.Packs} finds them. */
package dev.mlk.course.read;
