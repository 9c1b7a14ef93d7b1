package dev.mlk.course.act;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.format.Json;
import org.junit.jupiter.api.Test;

/** What a learner reads of an action that waits. */
final class AwaitWordsTest {
  private static String words(String check) {
    return AwaitWords.of(Json.read(check.replace('\'', '"')));
  }

  @Test
  void aWaitForAnObjectNamesIt() {
    assertThat(words("{'exists': {'kind': 'Pod', 'name': 'long-0'}}"))
        .isEqualTo("wait until Pod/long-0 is there");
    assertThat(words("{'absent': {'kind': 'Job', 'name': 'old'}}"))
        .isEqualTo("wait until Job/old is gone");
    assertThat(words("{'condition': {'kind': 'TFJob', 'name': 'keep', 'type': 'Succeeded'}}"))
        .isEqualTo("wait until TFJob/keep is Succeeded");
  }

  @Test
  void aWaitForSeveralNamesWhatTheyHaveInCommon() {
    assertThat(words("{'condition': {'kind': 'TFJob', 'selector': 'a=b', 'type': 'Succeeded'}}"))
        .isEqualTo("wait until each TFJob with a=b is Succeeded");
    assertThat(words("{'log': {'kind': 'Pod', 'named': '^w-', 'matches': 'step='}}"))
        .isEqualTo("wait until a Pod with a name like ^w- logs step=");
  }

  @Test
  void aWaitForAnEventOrAFieldSaysWhich() {
    assertThat(words("{'event': {'kind': 'Pod', 'name': 'pull', 'reason': 'Failed'}}"))
        .isEqualTo("wait for the event Failed of Pod/pull");
    String field = "{'field': {'name': 'run', 'path': 'status.phase', 'op': '%s', 'value': %s}}";
    assertThat(words(field.formatted("equals", "'Running'")))
        .isEqualTo("wait until status.phase of Pod/run is Running");
    assertThat(words(field.formatted("above", "3")))
        .isEqualTo("wait until status.phase of Pod/run is above 3");
  }

  @Test
  void whatIsHardToSayIsShownAsItIs() {
    assertThat(words("{'stable': {'for': '2s'}}"))
        .isEqualTo("wait until {\"stable\":{\"for\":\"2s\"}}");
  }
}
