/**
 * Kubernetes' protobuf form of objects, read only: Go clients such as kubectl send it for the kinds
 * they know. Answers are JSON, which all of them take. The door is {@link
 * dev.mlk.practice.api.protobuf.ProtobufBody}.
 */
package dev.mlk.practice.api.protobuf;
