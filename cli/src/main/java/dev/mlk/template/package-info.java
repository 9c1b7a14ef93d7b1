/**
 * Job templates: plain manifests with a declaration of what may be set in them.
 *
 * <p>{@link dev.mlk.template.Templates} is the catalogue, {@link dev.mlk.template.Template} one of
 * them; values go into the parsed tree and never into text.
 */
package dev.mlk.template;
