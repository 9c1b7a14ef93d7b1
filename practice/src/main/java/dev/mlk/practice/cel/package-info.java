/**
 * Expressions of the Common Expression Language with Kubernetes' types and functions: the rules of
 * custom resources ({@link dev.mlk.practice.cel.RuleSet}) and the conditions of webhooks ({@link
 * dev.mlk.practice.cel.Condition}). The library below is loaded with the first expression.
 */
package dev.mlk.practice.cel;
