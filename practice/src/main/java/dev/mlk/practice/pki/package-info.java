/**
 * The cluster's own certificate authority and keys, kept in a private folder. The door is {@link
 * dev.mlk.practice.pki.Pki}.
 */
package dev.mlk.practice.pki;
