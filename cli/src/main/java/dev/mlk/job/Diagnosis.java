package dev.mlk.job;

/**
 * What is the matter with a job.
 *
 * @param verdict how it is doing
 * @param sentence one sentence that says it
 * @param cause why, as far as the cluster tells; may be empty
 * @param next the command to type next
 * @param replica the replica that it is about; null when it is about the job
 */
public record Diagnosis(
    Verdict verdict, String sentence, String cause, String next, Replica replica) {}
