package dev.mlk.it;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pages whose commands take longer than every build may. */
@Tag("slow")
final class SlowPagesIT {
  @Test
  void everyCommandOfThePageOnChecksPrintsWhatIsShown() throws Exception {
    PagesIT.run("docs/cluster-check.md", 3);
  }

  @Test
  void everyCommandOfThePageOnTheWorkshopPrintsWhatIsShown() throws Exception {
    PagesIT.run("docs/workshop.md", 4);
  }

  @Test
  void everyCommandOfThePageOnUsagePrintsWhatIsShown() throws Exception {
    PagesIT.run("docs/usage.md", 3);
  }
}
