/**
 * The vocabulary of checks: {@link dev.mlk.course.check.Vocabulary} says what can be written,
 * {@link dev.mlk.course.check.Checks} looks whether it holds in a {@link
 * dev.mlk.course.check.Scene}.
 */
package dev.mlk.course.check;
