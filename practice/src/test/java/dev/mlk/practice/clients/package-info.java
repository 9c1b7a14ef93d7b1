/** Client libraries that must work unchanged on the practice cluster. */
package dev.mlk.practice.clients;
