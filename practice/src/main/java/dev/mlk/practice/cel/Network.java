package dev.mlk.practice.cel;

import java.util.Optional;

/**
 * A network in CIDR notation.
 *
 * @param address the address as written, not masked
 * @param prefix how many bits name the network
 */
record Network(Address address, int prefix) {

  static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,2}")) {
      return Optional.empty();
    }
    int prefix = Integer.parseInt(text.substring(slash + 1));
    return Address.parse(text.substring(0, slash))
        .filter(address -> prefix <= address.bits())
        .map(address -> new Network(address, prefix));
  }

  /** The same with all bits zero that do not name the network. */
  Network masked() {
    return new Network(mask(address), prefix);
  }

  private Address mask(Address other) {
    byte[] bytes = other.ip().getAddress();
    for (int bit = prefix; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] = (byte) (bytes[bit / 8] & ~(0x80 >> bit % 8));
    }
    return Address.of(bytes);
  }

  boolean contains(Address other) {
    return other.bits() == address.bits() && mask(other).equals(mask(address));
  }

  boolean contains(Network other) {
    return other.prefix >= prefix && contains(other.address);
  }

  @Override
  public String toString() {
    return address + "/" + prefix;
  }
}
