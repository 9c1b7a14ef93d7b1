/**
 * The API server's memory: versioned values under string keys, durable once acknowledged, with a
 * bounded log of changes to watch. Knows neither HTTP nor JSON. The door is {@link
 * dev.mlk.practice.store.ObjectStore}.
 */
package dev.mlk.practice.store;
