/** Objects in the store: trees in, trees out. Below the REST verbs, without rights or rules. */
package dev.mlk.practice.api.objects;
