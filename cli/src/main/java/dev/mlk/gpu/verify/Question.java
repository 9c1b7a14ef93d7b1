package dev.mlk.gpu.verify;

import dev.mlk.check.Check;
import java.util.List;

/** What a verification asks of each node and of each GPU, in the order in which it is shown. */
enum Question {
  STATE("node", "state", "the node takes pods"),
  OFFERED("node", "offered", "a device plugin offers all of its GPUs"),
  FREE("node", "free", "its GPUs are free to be verified"),
  RUN("node", "run", "a pod with its GPUs runs to the end"),
  SANDBOX("node", "sandbox", "a sandboxed pod has a kernel of its own"),
  FABRIC("node", "fabric", "InfiniBand or RDMA ports are up"),
  VISIBLE("gpu", "visible", "the container sees the device that it was given"),
  DRIVER("gpu", "driver", "driver, its library and TensorFlow's CUDA agree"),
  TENSORFLOW("gpu", "tensorflow", "TensorFlow lists the device"),
  PRODUCT("gpu", "product", "a matrix product computed on it equals the host's"),
  SPEED("gpu", "speed", "it is as fast as its model should be"),
  MEMORY("gpu", "memory", "its memory can be had, and keeps what is written"),
  SHARING("gpu", "sharing", "it is one whole GPU"),
  PEERS("gpu", "peers", "it can send data to the other GPUs of its node");

  private final String group;
  private final String name;
  private final String question;

  Question(String group, String name, String question) {
    this.group = group;
    this.name = name;
    this.question = question;
  }

  Check<GpuNode> check() {
    return new Check<>(group, name, question, _ -> List.of());
  }
}
