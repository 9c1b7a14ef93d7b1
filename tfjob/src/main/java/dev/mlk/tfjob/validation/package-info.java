/**
 * Judges TFJob manifests as trees, before anything is decoded: {@link
 * dev.mlk.tfjob.validation.TfJobValidation} is the door. The rules of admission are those of the
 * known operators, word for word; beyond them it points out what would be accepted and never work.
 */
package dev.mlk.tfjob.validation;
