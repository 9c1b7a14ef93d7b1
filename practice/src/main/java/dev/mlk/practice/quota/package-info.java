/**
 * What objects use of a ResourceQuota, for the controller that counts and for the admission that
 * refuses: {@link dev.mlk.practice.quota.QuotaUsage}. Pure functions on trees.
 */
package dev.mlk.practice.quota;
