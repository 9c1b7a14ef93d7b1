/** One trial: its TFJob, what its log says, and what that means. */
package dev.mlk.sweep.trial;
