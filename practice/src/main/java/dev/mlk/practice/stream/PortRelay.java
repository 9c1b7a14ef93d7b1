package dev.mlk.practice.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;

/**
 * Copies between a client's streams and a pod's port, in both directions until both have ended.
 *
 * @param in what the client sends
 * @param out what the client gets; closed when the port has nothing more to say
 * @param port the port
 */
record PortRelay(InputStream in, OutputStream out, int port) {
  private static final Logger LOG = System.getLogger(PortRelay.class.getName());

  /** Copies until the port has ended; what the client still sends then is lost. */
  void run(Socket socket) throws IOException {
    Thread sender = Thread.ofVirtual().name("to port " + port).start(() -> send(socket));
    try {
      CommandSession.copyAll(socket.getInputStream(), out);
    } finally {
      close();
      sender.interrupt();
    }
  }

  private void send(Socket socket) {
    try {
      CommandSession.copyAll(in, socket.getOutputStream());
      socket.shutdownOutput();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "port " + port + " takes no more", e);
    }
  }

  /** Ends both directions. */
  void close() {
    try {
      out.close();
      in.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "port " + port + " was closed already", e);
    }
  }

  /** What a client is told when the port cannot be reached. */
  static String failure(PodStream.Ports wanted, int port, IOException why) {
    return "error forwarding port "
        + port
        + " to pod "
        + wanted.target().pod()
        + ", uid : "
        + why.getMessage();
  }
}
