/**
 * From a kubeconfig to a client, by kubectl's rules: {@link dev.mlk.connect.Connections} is the
 * door, {@link dev.mlk.connect.Connection} what commands get.
 */
package dev.mlk.connect;
