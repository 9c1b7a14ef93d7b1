/** The loop that brings a sweep to its end, and what is seen of it meanwhile. */
package dev.mlk.sweep.run;
