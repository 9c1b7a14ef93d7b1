/** GPUs: who has them, whether they work, how they are connected. */
package dev.mlk.gpu;
