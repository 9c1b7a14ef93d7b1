/**
 * The TFJob operator: {@link dev.mlk.tfjob.operator.TfJobOperator} watches jobs, pods and services
 * and makes what a job asks for come true. What to do is decided by a pure function over what is
 * seen; doing it is kept apart from it.
 */
package dev.mlk.tfjob.operator;
