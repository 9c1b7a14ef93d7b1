/** SavedModels for serving. {@link dev.mlk.images.mnist.export.SavedModelExport} writes one. */
package dev.mlk.images.mnist.export;
