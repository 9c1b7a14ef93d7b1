/** HTTP through the API server to pods, services and nodes: {@code Proxy} is the door. */
package dev.mlk.practice.api.proxy;
