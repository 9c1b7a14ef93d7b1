package dev.mlk.check;

import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A report as JUnit's XML, as CI systems read it: a suite, a case a verdict, failures and skips. A
 * warning is a case that passed, with its words as the case's output.
 */
public final class JUnitReport {
  private JUnitReport() {}

  /**
   * Writes the file, over one of that name.
   *
   * @param name the command, such as {@code mlk cluster check}
   */
  public static void write(Path file, Report report, String name) {
    try {
      Files.writeString(file, text(report, name));
    } catch (IOException e) {
      throw new Problem.BadInput(
          Explanation.of("the file " + file.getFileName() + " cannot be written")
              .because(e instanceof NoSuchFileException ? "no such folder" : e.getMessage()));
    }
  }

  static String text(Report report, String name) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", name);
      xml.writeAttribute("tests", Integer.toString(report.rows().size()));
      long failed =
          report.number(Outcome.FAIL) + (report.strict() ? report.number(Outcome.WARN) : 0);
      xml.writeAttribute("failures", Long.toString(failed));
      xml.writeAttribute("errors", "0");
      xml.writeAttribute("skipped", Long.toString(report.number(Outcome.SKIP)));
      long millis = report.rows().stream().mapToLong(Report.Row::millis).sum();
      xml.writeAttribute("time", seconds(millis));
      for (Report.Row row : report.rows()) {
        testCase(xml, report, row, name.replace(' ', '.'));
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

  private static void testCase(XMLStreamWriter xml, Report report, Report.Row row, String command)
      throws XMLStreamException {
    Verdict verdict = row.verdict();
    xml.writeStartElement("testcase");
    String object = verdict.object().isEmpty() ? "" : " " + verdict.object();
    xml.writeAttribute("name", row.check().id() + object);
    xml.writeAttribute("classname", command + "." + row.check().group());
    xml.writeAttribute("time", seconds(row.millis()));
    boolean bad =
        verdict.outcome() == Outcome.FAIL || (report.strict() && verdict.outcome() == Outcome.WARN);
    if (bad) {
      xml.writeStartElement("failure");
      xml.writeAttribute("message", verdict.seen());
      xml.writeAttribute("type", verdict.outcome().name());
      xml.writeCharacters(words(verdict));
      xml.writeEndElement();
    } else if (verdict.outcome() == Outcome.SKIP) {
      xml.writeEmptyElement("skipped");
      xml.writeAttribute("message", verdict.seen());
    } else {
      xml.writeStartElement("system-out");
      xml.writeCharacters(words(verdict));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String words(Verdict verdict) {
    var text = new StringBuilder(verdict.seen());
    if (!verdict.expected().isEmpty()) {
      text.append("\nexpected: ").append(verdict.expected());
    }
    if (!verdict.next().isEmpty()) {
      text.append("\nnext: ").append(verdict.next());
    }
    return text.toString();
  }

  private static String seconds(long millis) {
    return millis / 1000 + "." + String.valueOf(1000 + millis % 1000).substring(1);
  }
}
