package dev.mlk.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Expectations were read off kube-apiserver 1.35.4. */
final class TypedFormTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          v1 => Pod => {'spec':{'zoo':1,'hostNetwork':false,'nodeName':'','containers':[{'name':'a','env':[{'name':'A','value':''}]}]}} => {'metadata':{},'spec':{'containers':[{'name':'a','env':[{'name':'A'}],'resources':{}}]},'status':{}}
          v1 => Pod => {'spec':{'containers':[{'name':'a','resources':{'limits':{'cpu':0.1,'memory':'1024Mi','ephemeral-storage':null}},'command':[]}]}} => {'metadata':{},'spec':{'containers':[{'name':'a','resources':{'limits':{'cpu':'100m','memory':'1Gi','ephemeral-storage':'0'}}}]},'status':{}}
          v1 => Pod => {'spec':{'containers':null,'securityContext':null,'volumes':[{'name':'e','emptyDir':{}}]}} => {'metadata':{},'spec':{'containers':null,'volumes':[{'name':'e','emptyDir':{}}]},'status':{}}
          v1 => Pod => {'status':{'conditions':[{'type':'Ready','status':'True'}]}} => {'metadata':{},'spec':{'containers':null},'status':{'conditions':[{'lastProbeTime':null,'lastTransitionTime':null,'status':'True','type':'Ready'}]}}
          apps/v1 => Deployment => {'metadata':{'creationTimestamp':null},'spec':{'replicas':0,'paused':false}} => {'metadata':{},'spec':{'replicas':0,'selector':null,'strategy':{},'template':{'metadata':{},'spec':{'containers':null}}},'status':{}}
          v1 => ConfigMap => {'metadata':{'labels':{}},'data':{}} => {'metadata':{}}
          rbac.authorization.k8s.io/v1 => Role => {'metadata':{'name':'a'}} => {'metadata':{'name':'a'},'rules':null}
          """)
  void onlyWhatGoWritesIsLeft(String apiVersion, String kind, String given, String left) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    TypeSchema type =
        Schemas.builtIn().find(group, apiVersion.substring(slash + 1), kind).orElseThrow();
    ObjectNode object = Trees.object(given);

    TypedForm.normalize(object, type);

    assertThat(object).isEqualTo(Trees.object(left));
    TypedForm.normalize(object, type);
    assertThat(object).isEqualTo(Trees.object(left));
  }

  @Test
  void onTheWayInNothingIsFilledIn() {
    TypeSchema pod = Schemas.builtIn().find("", "v1", "Pod").orElseThrow();
    ObjectNode object =
        Trees.object(
            "{'zoo':1,'metadata':null,'spec':{'hostNetwork':false,'containers':[{'name':'a','env':[]}]}}");

    TypedForm.reduce(object, pod);

    assertThat(object).isEqualTo(Trees.object("{'spec':{'containers':[{'name':'a'}]}}"));
  }
}
