package dev.mlk.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.schema.TypeSchema.ListType;
import dev.mlk.practice.schema.TypeSchema.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SchemasTest {
  private static final Schemas SCHEMAS = Schemas.builtIn();

  @ParameterizedTest
  @CsvSource({
    "'', v1, Pod",
    "'', v1, Event",
    "apps, v1, Deployment",
    "batch, v1, Job",
    "autoscaling, v1, Scale",
    "autoscaling, v2, HorizontalPodAutoscaler",
    "rbac.authorization.k8s.io, v1, ClusterRole",
    "storage.k8s.io, v1, StorageClass",
    "scheduling.k8s.io, v1, PriorityClass",
    "discovery.k8s.io, v1, EndpointSlice",
    "coordination.k8s.io, v1, Lease",
    "policy, v1, Eviction",
    "networking.k8s.io, v1, Ingress",
    "events.k8s.io, v1, Event",
    "node.k8s.io, v1, RuntimeClass",
    "authentication.k8s.io, v1, TokenRequest",
    "authorization.k8s.io, v1, SelfSubjectRulesReview",
    "apiextensions.k8s.io, v1, CustomResourceDefinition",
    "admissionregistration.k8s.io, v1, ValidatingWebhookConfiguration"
  })
  void kindsOfEveryGroupAreThere(String group, String version, String kind) {
    TypeSchema type = SCHEMAS.find(group, version, kind).orElseThrow();

    assertThat(type.fields()).containsKeys("apiVersion", "kind");
    assertThat(SCHEMAS.find(group, "v9", kind)).isEmpty();
  }

  @Test
  void everyTypeCanBeUnderstood() {
    assertThat(SCHEMAS.names()).hasSizeGreaterThan(400);
    for (String name : SCHEMAS.names()) {
      SCHEMAS
          .definition(name)
          .fields()
          .values()
          .forEach(field -> assertThat(field.type().goType()).as(name + " " + field).isNotEmpty());
    }
  }

  @Test
  void fieldsCarryWhatPatchesAndApplyNeed() {
    TypeSchema spec = SCHEMAS.find("", "v1", "Pod").orElseThrow().at("spec").orElseThrow();
    TypeSchema.Field containers = spec.field("containers").orElseThrow();
    TypeSchema ports = spec.at("containers", "ports").orElseThrow();

    assertThat(containers.mergeKey()).isEqualTo("name");
    assertThat(containers.required()).isTrue();
    assertThat(containers.type().listType()).isEqualTo(ListType.MAP);
    assertThat(ports.mapKeys()).containsExactly("containerPort", "protocol");
    assertThat(ports.element().orElseThrow().at("protocol").orElseThrow().defaultText())
        .isEqualTo("TCP");
    assertThat(
            spec.at("containers", "resources", "limits")
                .orElseThrow()
                .element()
                .orElseThrow()
                .shape())
        .isEqualTo(Shape.QUANTITY);
    assertThat(spec.at("securityContext", "seLinuxOptions").orElseThrow().atomic()).isFalse();
    assertThat(spec.at("nodeSelector").orElseThrow().atomic()).isTrue();
    assertThat(spec.at("restartPolicy").orElseThrow().legalValues())
        .containsExactly("Always", "Never", "OnFailure");
  }
}
