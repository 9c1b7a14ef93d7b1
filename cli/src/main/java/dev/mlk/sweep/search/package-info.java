/** What a sweep tries next. */
package dev.mlk.sweep.search;
