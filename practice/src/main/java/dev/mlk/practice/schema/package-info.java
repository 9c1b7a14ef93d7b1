/**
 * What values of Kubernetes' kinds look like and what follows from it, as pure functions on Jackson
 * trees: decoding as the real server does it, the four kinds of patches, field ownership, custom
 * resources' schemas and the OpenAPI documents.
 *
 * <p>{@link dev.mlk.practice.schema.Schemas} gives the {@link dev.mlk.practice.schema.TypeSchema}
 * of a built-in kind, {@link dev.mlk.practice.schema.CustomSchema} that of a custom one. No HTTP
 * and no store here.
 */
package dev.mlk.practice.schema;
