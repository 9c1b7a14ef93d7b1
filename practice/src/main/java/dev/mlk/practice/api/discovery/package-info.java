/** What the server tells clients about its groups, versions and resources. */
package dev.mlk.practice.api.discovery;
