/**
 * Whether GPUs work: a small pod on each node that computes on all of its free GPUs. {@link
 * dev.mlk.gpu.verify.GpuVerifyCommand} is the door.
 */
package dev.mlk.gpu.verify;
