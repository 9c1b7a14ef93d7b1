package dev.mlk.console;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A stream that says aloud when its reader has gone. PrintStream swallows the IOException, and a
 * command that follows a log would then go on for nobody.
 */
final class PipeOutput extends OutputStream {
  private final OutputStream to;

  PipeOutput(OutputStream to) {
    this.to = to;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      to.write(bytes, offset, length);
    } catch (IOException e) {
      throw new ClosedOutput(e);
    }
  }

  @Override
  public void flush() {
    try {
      to.flush();
    } catch (IOException e) {
      throw new ClosedOutput(e);
    }
  }
}
