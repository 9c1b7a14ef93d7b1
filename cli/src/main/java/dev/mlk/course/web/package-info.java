/**
 * A module's page in a browser of this machine: {@link dev.mlk.course.web.WebPage}. It shows the
 * same page and the same ticks as a terminal, and can change nothing.
 */
package dev.mlk.course.web;
