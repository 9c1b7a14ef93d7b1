/**
 * Reading a cluster with few requests: {@link dev.mlk.facts.Reader} reads in pages and counts,
 * {@link dev.mlk.facts.Known} is what it read or why it could not.
 */
package dev.mlk.facts;
