/** The API server's core: takes calls, gives answers, knows no sockets. */
package dev.mlk.practice.api;
