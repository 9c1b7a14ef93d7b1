package dev.mlk.it;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page on sweeps shows what is printed. It trains, so it is no everyday test. */
@Tag("slow")
final class SweepPageIT {
  @Test
  void everyCommandOfThePageOnSweepsPrintsWhatIsShown() throws Exception {
    PagesIT.run("docs/sweep.md", 8);
  }
}
