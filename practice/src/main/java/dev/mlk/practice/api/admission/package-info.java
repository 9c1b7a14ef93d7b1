/**
 * Rules that look beyond the object: what may be created where, and what the server adds to it. The
 * door is {@link dev.mlk.practice.api.admission.Admission}.
 */
package dev.mlk.practice.api.admission;
