/** What came out of a sweep, for people and for programs. */
package dev.mlk.sweep.report;
