package dev.mlk.practice.stream;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How a command ended, in the words of the remote command protocols. */
final class EndingText {
  private EndingText() {}

  /** The Status of a command that ended well. */
  static String success() {
    ObjectNode status = status("Success");
    return status.toString();
  }

  /** The Status of a command that ended with another exit code. */
  static String exit(int code) {
    ObjectNode status = status("Failure");
    status.put("message", exitText(code));
    status.put("reason", "NonZeroExitCode");
    ObjectNode cause = status.putObject("details").putArray("causes").addObject();
    cause.put("reason", "ExitCode").put("message", Integer.toString(code));
    return status.toString();
  }

  /** The Status of a command that could not be run. */
  static String failure(String why) {
    ObjectNode status = status("Failure");
    String message = "error executing command in container: " + why;
    status.put("message", "Internal error occurred: " + message);
    status.put("reason", "InternalError");
    status.putObject("details").putArray("causes").addObject().put("message", message);
    status.put("code", 500);
    return status.toString();
  }

  /** The words of the protocols before Status; none when the command ended well. */
  static String exitText(int code) {
    return code == 0 ? "" : "command terminated with non-zero exit code: exit status " + code;
  }

  private static ObjectNode status(String status) {
    ObjectNode object = JsonMapper.shared().createObjectNode();
    object.putObject("metadata");
    return object.put("status", status);
  }
}
