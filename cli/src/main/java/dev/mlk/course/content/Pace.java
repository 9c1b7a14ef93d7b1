package dev.mlk.course.content;

import java.time.Duration;
import java.time.InstantSource;

/**
 * The time that trials take.
 *
 * @param clock the time
 * @param delays pauses before whatever is done and looked at
 * @param patience how long to wait at least for a verdict that does not come: machines that test
 *     modules may be slow and busy
 */
record Pace(InstantSource clock, Delays delays, Duration patience) {}
