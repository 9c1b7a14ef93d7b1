/**
 * Validating webhooks: which of them are about a write, what they are sent, what becomes of their
 * answers. The door is {@link dev.mlk.practice.api.webhook.Webhooks}.
 */
package dev.mlk.practice.api.webhook;
