/**
 * Training jobs: submit, list, follow, explain and delete TFJobs, whoever made them.
 *
 * <p>{@link dev.mlk.job.Job} and {@link dev.mlk.job.Replica} are views on what the API server
 * sends; {@link dev.mlk.job.Diagnosis} says in plain words how a job is doing and why. Commands
 * only parse, ask and print.
 */
package dev.mlk.job;
