package dev.mlk.app;

import dev.mlk.kube.JsonText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Loads on other cores what nearly every command needs once it has read its arguments: JSON, and
 * sockets or TLS, as the kubeconfig says that the launcher has found ({@code mlk.kubeconfig}). It
 * changes nothing but time: who needs a class that is being loaded waits for it, by the JVM's own
 * rule.
 */
public final class Ahead {
  private static final byte[] SAMPLE =
      "{\"items\":[{\"text\":\"a\",\"number\":1,\"true\":true,\"list\":[]}]}"
          .getBytes(StandardCharsets.UTF_8);

  private Ahead() {}

  /** Begins, on threads that hold up nobody's end. */
  public static void start() {
    systemsOwnChannels();
    // Most of JSON's share is java.math.BigDecimal, which works out 5 to the power of 65536 first.
    begin("ahead-json", () -> JsonText.read(new ByteArrayInputStream(SAMPLE)));
    String kubeconfig = System.getProperty("mlk.kubeconfig", "");
    begin(
        "ahead-connection",
        () -> {
          if (kubeconfig.isEmpty() || ofPractice(Path.of(kubeconfig))) {
            socket();
          } else {
            begin("ahead-curve", Ahead::curve);
            context();
          }
        });
  }

  /** A guess is enough: whether the kubeconfig leads to the practice cluster, and so its socket. */
  private static boolean ofPractice(Path kubeconfig) {
    try {
      String text = Files.readString(kubeconfig);
      return text.contains("current-context: mlk-") || text.contains("current-context: \"mlk-");
    } catch (IOException e) {
      return false;
    }
  }

  private static void begin(String name, Runnable work) {
    Thread.ofPlatform().daemon().name(name).start(work);
  }

  /**
   * Names the JDK's own provider of channels, so that it does not open every jar of the class path
   * to look for another one. Where a JDK has no class of that name, it looks as ever.
   */
  private static void systemsOwnChannels() {
    String system = System.getProperty("os.name");
    String provider =
        system.equals("Linux")
            ? "sun.nio.ch.EPollSelectorProvider"
            : system.startsWith("Mac") ? "sun.nio.ch.KQueueSelectorProvider" : "";
    try {
      if (!provider.isEmpty()) {
        Class.forName(provider, false, null);
        System.setProperty("java.nio.channels.spi.SelectorProvider", provider);
      }
    } catch (ClassNotFoundException e) {
      // Another JDK: it finds its own.
    }
  }

  private static void socket() {
    try {
      SocketChannel.open(StandardProtocolFamily.UNIX).close();
    } catch (IOException | UnsupportedOperationException e) {
      // Who needs the socket meets the same again, and says so.
    }
  }

  /** Protocols and ciphers; it trusts nobody and is thrown away. */
  private static void context() {
    try {
      SSLContext.getInstance("TLS").init(null, new TrustManager[0], null);
    } catch (GeneralSecurityException e) {
      // Who needs TLS meets the same again, and says so.
    }
  }

  /**
   * The two largest items of a handshake in Java: the table of multiples for the curve P-256, which
   * comes with its first key, and the list of the JDK's authorities, to which each server's
   * certificate is compared.
   */
  private static void curve() {
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
      keys.initialize(new ECGenParameterSpec("secp256r1"));
      keys.generateKeyPair();
      Class.forName("sun.security.util.AnchorCertificates", true, null);
    } catch (GeneralSecurityException | ClassNotFoundException e) {
      // As above; and a JDK without that class has nothing to prepare.
    }
  }
}
