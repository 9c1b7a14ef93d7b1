/**
 * The TFJob resource, {@code kubeflow.org/v1}, as it stands in an API server: {@link
 * dev.mlk.tfjob.api.TfJob} and its parts as records, the words that appear in it, and {@link
 * dev.mlk.tfjob.api.TfJobDefinition} with the resource's definition. Members that a manifest may
 * leave out are null in the records of spec and status, as on the wire.
 */
package dev.mlk.tfjob.api;
