/** The one place that knows how JSON and YAML are read and written. */
package dev.mlk.format;
