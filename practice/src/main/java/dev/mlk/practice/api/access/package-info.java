/** Who calls and what they may do. */
package dev.mlk.practice.api.access;
