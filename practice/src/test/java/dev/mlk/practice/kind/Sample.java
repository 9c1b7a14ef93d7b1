package dev.mlk.practice.kind;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Objects of tests, written as JSON with single quotes and bare names. */
final class Sample {
  private Sample() {}

  static ObjectNode object(String json) {
    String quoted = json.replaceAll("([{,]\\s*)([A-Za-z]\\w*):", "$1\"$2\":").replace('\'', '"');
    return (ObjectNode) JsonMapper.shared().readTree(quoted);
  }
}
