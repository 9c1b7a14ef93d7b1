/**
 * Tests modules: {@link dev.mlk.course.content.ContentCheck} tries every step as learners would,
 * rightly and wrongly.
 */
package dev.mlk.course.content;
