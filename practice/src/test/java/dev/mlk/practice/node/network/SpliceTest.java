package dev.mlk.practice.node.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

final class SpliceTest {
  @Test
  void an_address_that_was_made_by_its_name_is_read_again() {
    // What stands in for a cluster IP whose port another cluster of this machine has.
    InetSocketAddress named = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
    assertThat(named.getHostString()).isEqualTo("localhost");
    assertThat(Splice.address(Splice.line(named)))
        .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 4711));
  }
}
