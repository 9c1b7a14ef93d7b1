package dev.mlk.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Expectations were read off kube-apiserver 1.35.4. */
final class PatchesTest {
  private static final TypeSchema POD = Schemas.builtIn().find("", "v1", "Pod").orElseThrow();
  private static final TypeSchema DEPLOYMENT =
      Schemas.builtIn().find("apps", "v1", "Deployment").orElseThrow();

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          [{'op':'replace','path':'/data/zz','value':'2'}] => {'data':{'a':'1','b':'2','zz':'2'},'l':[1,2]}
          [{'op':'add','path':'data/zz','value':'2'}] => {'data':{'a':'1','b':'2'},'l':[1,2],'zz':'2'}
          [{'op':'copy','from':'/data/a','path':'/data/c'}] => {'data':{'a':'1','b':'2','c':'1'},'l':[1,2]}
          [{'op':'move','from':'/data/a','path':'/data/c'}] => {'data':{'b':'2','c':'1'},'l':[1,2]}
          [{'op':'remove','path':'/data/a'},{'op':'test','path':'/data/b','value':'2'}] => {'data':{'b':'2'},'l':[1,2]}
          [{'op':'add','path':'/l/-','value':3}] => {'data':{'a':'1','b':'2'},'l':[1,2,3]}
          [{'op':'add','path':'/l/0','value':3}] => {'data':{'a':'1','b':'2'},'l':[3,1,2]}
          [{'op':'remove','path':'/l/-1'}] => {'data':{'a':'1','b':'2'},'l':[1]}
          [{'op':'test','path':'/nope','value':null}] => {'data':{'a':'1','b':'2'},'l':[1,2]}
          [{'op':'add','path':'/data/x~1y~0z','value':'t'}] => {'data':{'a':'1','b':'2','x/y~z':'t'},'l':[1,2]}
          """)
  void jsonPatchesApply(String patch, String result) {
    JsonNode target = Trees.value("{'data':{'a':'1','b':'2'},'l':[1,2]}");

    assertThat(Patches.json(target, Trees.value(patch))).isEqualTo(Trees.value(result));
    assertThat(target).isEqualTo(Trees.value("{'data':{'a':'1','b':'2'},'l':[1,2]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          [{'op':'foo','path':'/data/a'}]
          [{'op':'remove','path':'/data/zz'}]
          [{'op':'add','path':'/foo/zz','value':'1'}]
          [{'op':'test','path':'/data/a','value':'2'}]
          [{'op':'add'}]
          [{'op':'move','from':'/data/nope','path':'/data/c'}]
          [{'op':'remove','path':''}]
          [{'op':'replace','path':'/nope/x','value':'5'}]
          [{'op':'test','path':'/nope','value':'x'}]
          [{'op':'add','path':'/l/5','value':3}]
          """)
  void failingJsonPatchesAllHaveOneAnswer(String patch) {
    JsonNode target = Trees.value("{'data':{'a':'1','b':'2'},'l':[1,2]}");

    assertThatThrownBy(() -> Patches.json(target, Trees.value(patch)))
        .hasMessage("the server rejected our request due to an error in our request")
        .extracting("code")
        .isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          {'a':'z'} => {'a':'z','c':{'f':'g'}}
          {'a':null} => {'c':{'f':'g'}}
          {'c':{'x':1,'f':null}} => {'a':'b','c':{'x':1}}
          {'c':[1]} => {'a':'b','c':[1]}
          {'d':{'e':{'n':null}}} => {'a':'b','c':{'f':'g'},'d':{'e':{}}}
          """)
  void mergePatchesFollowTheirRfc(String patch, String result) {
    assertThat(Patches.merge(Trees.value("{'a':'b','c':{'f':'g'}}"), Trees.value(patch)))
        .isEqualTo(Trees.value(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          {'spec':{'containers':[{'name':'n','image':'i'}]}} => {'metadata':{'finalizers':['x/a']},'spec':{'containers':[{'name':'n','image':'i'},{'name':'a','image':'1'},{'name':'b','image':'2'}],'tolerations':[{'key':'k'}]}}
          {'spec':{'containers':[{'name':'b','image':'9'}]}} => {'metadata':{'finalizers':['x/a']},'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'9'}],'tolerations':[{'key':'k'}]}}
          {'spec':{'containers':[{'name':'a','$patch':'delete'}]}} => {'metadata':{'finalizers':['x/a']},'spec':{'containers':[{'name':'b','image':'2'}],'tolerations':[{'key':'k'}]}}
          {'spec':{'containers':[{'$patch':'replace'},{'name':'z'}]}} => {'metadata':{'finalizers':['x/a']},'spec':{'containers':[{'name':'z'}],'tolerations':[{'key':'k'}]}}
          {'spec':{'$setElementOrder/containers':[{'name':'b'},{'name':'a'}]}} => {'metadata':{'finalizers':['x/a']},'spec':{'containers':[{'name':'b','image':'2'},{'name':'a','image':'1'}],'tolerations':[{'key':'k'}]}}
          {'spec':{'$setElementOrder/containers':[{'name':'a'},{'name':'c'}],'containers':[{'name':'c'}]}} => {'metadata':{'finalizers':['x/a']},'spec':{'containers':[{'name':'a','image':'1'},{'name':'c'},{'name':'b','image':'2'}],'tolerations':[{'key':'k'}]}}
          {'spec':{'tolerations':[{'key':'z'}]}} => {'metadata':{'finalizers':['x/a']},'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'2'}],'tolerations':[{'key':'z'}]}}
          {'metadata':{'finalizers':['x/b']}} => {'metadata':{'finalizers':['x/b','x/a']},'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'2'}],'tolerations':[{'key':'k'}]}}
          {'metadata':{'$deleteFromPrimitiveList/finalizers':['x/a']}} => {'metadata':{'finalizers':[]},'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'2'}],'tolerations':[{'key':'k'}]}}
          {'spec':{'$patch':'replace','containers':[]}} => {'metadata':{'finalizers':['x/a']},'spec':{'containers':[]}}
          {'metadata':{'labels':{'x':null,'y':'1'}}} => {'metadata':{'finalizers':['x/a'],'labels':{'y':'1'}},'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'2'}],'tolerations':[{'key':'k'}]}}
          {'spec':{'tolerations':null}} => {'metadata':{'finalizers':['x/a']},'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'2'}]}}
          """)
  void strategicPatchesMergeByTheSchema(String patch, String result) {
    JsonNode target =
        Trees.value(
            "{'metadata':{'finalizers':['x/a']},'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'2'}],'tolerations':[{'key':'k'}]}}");

    assertThat(Patches.strategic(target, Trees.value(patch), POD)).isEqualTo(Trees.value(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          [1] => 400 => json: cannot unmarshal array into Go value of type map[string]interface {}
          {'spec':{'template':{'spec':{'containers':[{'image':'y'}]}}}} => 500 => map: map[image:y] does not contain declared merge key: name
          {'spec':{'template':{'spec':{'containers':['x']}}}} => 500 => list element types are not identical: [[map[image:x name:x]] [x]]
          {'$patch':'foo'} => 500 => unknown patch type: foo in map: map[$patch:foo]
          {'spec':{'strategy':{'$retainKeys':['type'],'rollingUpdate':{}}}} => 400 => invalid patch format of retainKeys
          {'spec':{'template':{'spec':{'containers':[{'name':'x','$patch':'foo'}]}}}} => 500 => unknown patch type: foo in map: map[$patch:foo name:x]
          """)
  void strategicPatchesFailInTheServersWords(String patch, int code, String message) {
    JsonNode target =
        Trees.value(
            "{'spec':{'strategy':{'type':'RollingUpdate'},'template':{'spec':{'containers':[{'name':'x','image':'x'}]}}}}");

    assertThatThrownBy(() -> Patches.strategic(target, Trees.value(patch), DEPLOYMENT))
        .hasMessage(message)
        .extracting("code")
        .isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          {'$retainKeys':['type'],'type':'Recreate'} => {'type':'Recreate'}
          {'rollingUpdate':null,'type':'Recreate'} => {'type':'Recreate'}
          """)
  void retainedKeysDropTheRest(String patch, String result) {
    JsonNode target =
        Trees.value(
            "{'spec':{'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':1}}}}");

    JsonNode patched =
        Patches.strategic(target, Trees.value("{'spec':{'strategy':" + patch + "}}"), DEPLOYMENT);

    assertThat(patched.at("/spec/strategy")).isEqualTo(Trees.value(result));
  }
}
