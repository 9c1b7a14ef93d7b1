/** What a sweep may try: parameters, their values, and constraints between them. */
package dev.mlk.sweep.space;
