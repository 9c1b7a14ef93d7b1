package dev.mlk.events;

import static dev.mlk.events.EventFileWriter.event;
import static dev.mlk.events.EventFileWriter.message;
import static dev.mlk.events.EventFileWriter.plugin;
import static dev.mlk.events.EventFileWriter.value;

import dev.mlk.events.EventFileWriter.Message;

/** One event of every form. */
final class Samples {
  private Samples() {}

  static byte[][] events() {
    Message number = message().varint(1, 2).message(2, message()).real(6, 0.5);
    Message content = message().varint(1, 1).bytes(4, new byte[4]);
    Message rows = message().varint(1, 2).message(2, dimensions(2, 3)).bytes(4, new byte[48]);
    Message old = message().real(1, 0).real(2, 1).bytes(6, new byte[16]).bytes(7, new byte[16]);
    Message picture = message().varint(1, 2).varint(2, 3).bytes(4, new byte[9]);
    Message pictures = message().varint(1, 7).text(8, "2").text(8, "2").bytes(8, new byte[3]);
    Message text = message().varint(1, 7).message(2, dimensions(1)).text(8, "hello");
    Message lr = message().text(1, "lr").message(2, message().real(2, 0.001));
    Message start = message().message(3, message().message(1, lr).text(4, "g"));
    Message hyper = message().message(1, message().text(1, "hparams").message(2, start));
    return new byte[][] {
      summary(value("a").fixed32(2, 1)),
      summary(value("b").message(8, number).message(9, plugin("scalars"))),
      summary(value("c").message(8, content).message(9, plugin("scalars"))),
      summary(value("d").message(8, rows).message(9, plugin("histograms"))),
      summary(value("e").message(5, old)),
      summary(value("f").message(4, picture)),
      summary(value("g").message(8, pictures).message(9, plugin("images"))),
      summary(value("h").message(8, text).message(9, plugin("text"))),
      summary(value("i").message(8, content).message(9, hyper)),
      event(5).message(7, message().varint(1, 1)).done(),
    };
  }

  private static Message dimensions(int... sizes) {
    Message shape = message();
    for (int size : sizes) {
      shape.message(2, message().varint(1, size));
    }
    return shape;
  }

  private static byte[] summary(Message value) {
    return event(3).message(5, message().message(1, value)).done();
  }
}
