/** What several suites of tests need: a real API server, and waiting without sleeping. */
package dev.mlk.tfjob.testing;
