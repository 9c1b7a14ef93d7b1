/**
 * The ledger of what finished replicas have held, so that deleting a job does not delete its bill.
 * {@link dev.mlk.tfjob.ledger.LedgerKeeper} writes it, {@link dev.mlk.tfjob.ledger.Ledger} says
 * where it lies, {@link dev.mlk.tfjob.ledger.LedgerEntry} is one pod in it.
 */
package dev.mlk.tfjob.ledger;
