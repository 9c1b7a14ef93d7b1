/** The commands of {@code mlk operator}: the TFJob operator outside the practice cluster. */
package dev.mlk.operator;
