/** What several tests share: the clusters that they run against. */
package dev.mlk.practice.testing;
