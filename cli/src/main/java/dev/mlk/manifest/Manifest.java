package dev.mlk.manifest;

import java.util.List;

/**
 * What was read from one file.
 *
 * @param documents the objects, in order
 * @param findings what is wrong with the file as YAML; when there is any, documents may be missing
 */
public record Manifest(List<Document> documents, List<Finding> findings) {
  public Manifest {
    documents = List.copyOf(documents);
    findings = List.copyOf(findings);
  }
}
