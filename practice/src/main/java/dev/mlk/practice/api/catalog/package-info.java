/** Which kinds the server serves at the moment, built-in and custom. */
package dev.mlk.practice.api.catalog;
