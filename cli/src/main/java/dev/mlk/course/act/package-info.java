/** What the course does itself: {@link dev.mlk.course.act.Actions} applies, copies and deletes. */
package dev.mlk.course.act;
