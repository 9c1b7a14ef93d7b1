/** What goes over the wire, whichever wire it is: calls, answers, media types, JSON and YAML. */
package dev.mlk.practice.api.wire;
