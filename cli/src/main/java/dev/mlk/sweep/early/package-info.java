/** Which running trials are not worth their steps. */
package dev.mlk.sweep.early;
