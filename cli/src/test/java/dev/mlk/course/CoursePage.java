package dev.mlk.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** A page of the workshop, taken apart for those who check it. */
public final class CoursePage {
  private static final Path MODULES = Path.of("..", "modules");
  private static final Path TERMS = Path.of("src/test/resources/course/terms.txt");
  private static final Pattern WORD = Pattern.compile("[\\p{L}][\\p{L}\\p{M}'’]*");

  private final Path file;
  private final StringBuilder prose = new StringBuilder();
  private final List<String> commands = new ArrayList<>();
  private final List<String> inlineCode = new ArrayList<>();
  private final List<String> links = new ArrayList<>();

  private CoursePage(Path file) throws IOException {
    this.file = file;
    Parser.builder()
        .extensions(List.of(TablesExtension.create()))
        .build()
        .parse(Files.readString(file))
        .accept(new Collector());
  }

  /** The pages of all modules, in order. */
  public static List<CoursePage> all() throws IOException {
    if (!Files.isDirectory(MODULES)) {
      return List.of();
    }
    List<Path> files;
    try (Stream<Path> folders = Files.list(MODULES)) {
      files =
          folders.map(folder -> folder.resolve("page.md")).filter(Files::exists).sorted().toList();
    }
    List<CoursePage> pages = new ArrayList<>();
    for (Path one : files) {
      pages.add(new CoursePage(one));
    }
    return pages;
  }

  /** The module that it is the page of. */
  public String name() {
    return String.valueOf(folder().getFileName());
  }

  /** The module's folder. */
  public Path folder() {
    return file.getParent();
  }

  /** All text but code, with a blank or a line feed between its parts. */
  public String prose() {
    return prose.toString();
  }

  /** The words of the text. */
  public List<String> words() {
    return words(prose());
  }

  /** The words of any text. */
  public static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group().replace('’', '\'').replaceAll("'+$", ""));
    }
    return words;
  }

  /** What is to be typed, in blocks of shell sessions. */
  public List<String> commands() {
    return commands;
  }

  /** Code within sentences. */
  public List<String> inlineCode() {
    return inlineCode;
  }

  /** Where its links and pictures lead. */
  public List<String> links() {
    return links;
  }

  /** What is not called as it is called in the field, each with what it is called. */
  public static List<String> wrongTerms(String prose) throws IOException {
    List<String> found = new ArrayList<>();
    for (String line : Files.readAllLines(TERMS)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] sides = line.split(" -> ", 2);
      Matcher matcher =
          Pattern.compile("(?<![\\w./-])(?:" + sides[0] + ")(?![\\w/-])").matcher(prose);
      while (matcher.find()) {
        found.add(": \"" + matcher.group() + "\" is called " + sides[1]);
      }
    }
    return found;
  }

  private final class Collector extends AbstractVisitor {
    @Override
    public void visit(Text text) {
      prose.append(text.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak line) {
      prose.append(' ');
    }

    @Override
    public void visit(HardLineBreak line) {
      prose.append('\n');
    }

    @Override
    public void visit(Paragraph paragraph) {
      super.visit(paragraph);
      prose.append('\n');
    }

    @Override
    public void visit(Heading heading) {
      super.visit(heading);
      prose.append('\n');
    }

    @Override
    protected void visitChildren(Node parent) {
      super.visitChildren(parent);
      if (parent instanceof TableCell) {
        prose.append('\n');
      }
    }

    @Override
    public void visit(Code code) {
      inlineCode.add(code.getLiteral());
      // A word in code keeps its neighbours apart.
      prose.append(" … ");
    }

    @Override
    public void visit(FencedCodeBlock block) {
      String info = block.getInfo() == null ? "" : block.getInfo();
      boolean session = info.startsWith("console");
      block
          .getLiteral()
          .lines()
          .filter(line -> session ? line.startsWith("$ ") : info.matches("sh|bash|shell"))
          .map(line -> session ? line.substring(2) : line)
          .forEach(commands::add);
    }

    @Override
    public void visit(Link link) {
      links.add(link.getDestination());
      super.visit(link);
    }

    @Override
    public void visit(Image image) {
      links.add(image.getDestination());
      super.visit(image);
    }
  }
}
