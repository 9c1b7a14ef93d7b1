/** The commands of the workshop; {@link dev.mlk.course.command.CourseCommands} builds them. */
package dev.mlk.course.command;
