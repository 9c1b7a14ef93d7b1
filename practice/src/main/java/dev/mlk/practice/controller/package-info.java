/**
 * The controllers of a practice cluster: ordinary API clients that work with any API server. {@link
 * dev.mlk.practice.controller.Controllers} starts them all; each has a file or a small folder of
 * its own, and all share one set of informers.
 */
package dev.mlk.practice.controller;
