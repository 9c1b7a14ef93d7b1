/** The process: {@link dev.mlk.Mlk}. */
package dev.mlk;
