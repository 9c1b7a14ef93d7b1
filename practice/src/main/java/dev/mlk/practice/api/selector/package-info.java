/** Label and field selectors as clients write them. */
package dev.mlk.practice.api.selector;
