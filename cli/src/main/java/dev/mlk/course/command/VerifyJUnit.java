package dev.mlk.course.command;

import dev.mlk.course.Status;
import dev.mlk.course.StepVerdict;
import dev.mlk.course.Verdict;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Verdicts as JUnit's XML: a suite a module, a case a step. */
final class VerifyJUnit {
  private VerifyJUnit() {}

  static String text(VerifyReport report) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "mlk verify " + report.module().name());
      xml.writeAttribute("tests", Integer.toString(report.verdicts().size()));
      xml.writeAttribute("failures", Long.toString(number(report, false)));
      xml.writeAttribute("errors", "0");
      xml.writeAttribute("skipped", Long.toString(number(report, true)));
      for (StepVerdict verdict : report.verdicts()) {
        step(xml, report, verdict);
      }
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.writeEndDocument();
      xml.close();
      return text.toString();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long number(VerifyReport report, boolean skipped) {
    return report.verdicts().stream()
        .filter(one -> skipped ? one.status() == Status.SKIP : !one.done())
        .count();
  }

  private static void step(XMLStreamWriter xml, VerifyReport report, StepVerdict verdict)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("name", verdict.step().id() + " " + verdict.step().title());
    xml.writeAttribute("classname", "mlk." + report.module().name());
    long millis = verdict.millis();
    xml.writeAttribute(
        "time", millis / 1000 + "." + String.valueOf(1000 + millis % 1000).substring(1));
    if (verdict.first().isPresent()) {
      Verdict first = verdict.first().get();
      xml.writeStartElement("failure");
      xml.writeAttribute("message", first.seen());
      xml.writeAttribute("type", first.code());
      xml.writeCharacters(
          "expected: " + first.expected() + "\nwhy: " + first.why() + "\nnext: " + first.next());
      xml.writeEndElement();
    } else if (verdict.status() == Status.SKIP) {
      xml.writeEmptyElement("skipped");
      xml.writeAttribute("message", verdict.checks().getFirst().why());
    }
    xml.writeEndElement();
  }
}
