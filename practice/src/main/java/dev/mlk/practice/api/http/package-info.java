/** The wires: HTTP over TLS, HTTP over a Unix socket, and calls within the process. */
package dev.mlk.practice.api.http;
