package dev.mlk.kube;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS to one endpoint; chain and host name are checked by the JDK (JSSE). */
final class Tls {
  private final SSLContext context;
  private final Endpoint endpoint;

  Tls(Endpoint endpoint) throws IOException {
    this.endpoint = endpoint;
    try {
      context = SSLContext.getInstance("TLS");
      context.init(keys(endpoint), trust(endpoint.trust()), null);
    } catch (GeneralSecurityException e) {
      throw new IOException("credentials of " + endpoint.server() + ": " + e.getMessage(), e);
    }
  }

  /** Shakes hands over a connected socket. */
  SSLSocket over(Socket raw) throws IOException {
    String wanted = endpoint.trust().serverName();
    String name = wanted.isEmpty() ? endpoint.host() : wanted;
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(raw, name, endpoint.port(), true);
    if (!endpoint.trust().insecure()) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
    }
    socket.startHandshake();
    return socket;
  }

  private static KeyManager[] keys(Endpoint endpoint) throws GeneralSecurityException {
    if (endpoint.identity().isEmpty()) {
      return new KeyManager[0];
    }
    Endpoint.Identity identity = endpoint.identity().get();
    List<X509Certificate> chain = Pem.certificates(identity.certificates());
    return new KeyManager[] {
      new OneKey(chain.toArray(X509Certificate[]::new), Pem.key(identity.key()))
    };
  }

  private static TrustManager[] trust(Endpoint.Trust trust) throws GeneralSecurityException {
    if (trust.insecure()) {
      return new TrustManager[] {new Anybody()};
    }
    if (trust.authorities().length == 0) {
      return null; // the JDK's own list, as SSLContext.init documents
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (X509Certificate authority : Pem.certificates(trust.authorities())) {
        store.setCertificateEntry("authority-" + number++, authority);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return factory.getTrustManagers();
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** Shows one certificate to whoever asks; a key store would encrypt it first, which is slow. */
  private static final class OneKey extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";
    private final X509Certificate[] chain;
    private final PrivateKey key;

    OneKey(X509Certificate[] chain, PrivateKey key) {
      this.chain = chain;
      this.key = key;
    }

    private String alias(String... types) {
      for (String type : types) {
        if (type.startsWith(chain[0].getPublicKey().getAlgorithm())) {
          return ALIAS;
        }
      }
      return null;
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return alias(types);
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
      return alias(types);
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return chain.clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }
  }

  /** For {@code insecure-skip-tls-verify}, which the user has to ask for by name. */
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
