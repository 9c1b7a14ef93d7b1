/**
 * Files of Kubernetes objects: read with the place of every value, and checked before anything is
 * sent.
 *
 * <p>{@link dev.mlk.manifest.ManifestReader} reads YAML or JSON as the API server would and keeps
 * line and column; {@link dev.mlk.manifest.ManifestCheck} finds what is wrong, all at once.
 */
package dev.mlk.manifest;
