package dev.mlk.course;

/**
 * How a learner's kubeconfig is wrong; what is empty is as it should be. Its cluster does not look
 * like a practice cluster.
 *
 * @param context what the context is called that mlk uses
 * @param current what the context is called that kubectl uses
 * @param token a token in place of the credentials
 * @param as whom it acts as
 */
public record Kubeconfig(String context, String current, String token, String as) {}
