/**
 * Custom resource definitions: what makes the kinds in them served. The door is {@link
 * dev.mlk.practice.api.crd.CustomKinds}.
 */
package dev.mlk.practice.api.crd;
