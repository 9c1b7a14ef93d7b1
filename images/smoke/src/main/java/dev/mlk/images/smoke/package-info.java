/**
 * The smoke program of the practice cluster: says of every simulated GPU what the one for real GPUs
 * says of those, in the same lines of JSON. {@link dev.mlk.images.smoke.Smoke} starts it.
 */
package dev.mlk.images.smoke;
