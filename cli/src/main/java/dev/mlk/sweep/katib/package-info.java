/** Katib's experiments (kubeflow.org/v1beta1): written from sweeps, and read as sweeps. */
package dev.mlk.sweep.katib;
