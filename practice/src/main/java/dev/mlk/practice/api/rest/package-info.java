/** The verbs of the API on objects: get, list, watch, create, update, patch, delete. */
package dev.mlk.practice.api.rest;
