/**
 * How a page of the workshop meets its reader: {@link dev.mlk.course.page.PageText} as lines for a
 * terminal or a pipe, {@link dev.mlk.course.page.PageHtml} as HTML for a browser. Pages may come
 * from anybody, so nothing in them acts on either.
 */
package dev.mlk.course.page;
