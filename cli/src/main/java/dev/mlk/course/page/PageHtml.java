package dev.mlk.course.page;

import java.util.List;
import java.util.Map;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.UrlSanitizer;

/**
 * A page in Markdown as HTML that is safe whoever wrote it: HTML within the page is shown as text,
 * links lead to the web or to mail, pictures come from the module's own folder.
 */
public final class PageHtml {
  private PageHtml() {}

  /**
   * The body of the page.
   *
   * @param pictures the path below which the module's own pictures are served, with a slash at its
   *     end
   */
  public static String of(String markdown, String pictures) {
    Node page = Markdown.parse(markdown);
    page.accept(new Comments());
    return HtmlRenderer.builder()
        .extensions(List.of(TablesExtension.create()))
        .escapeHtml(true)
        .sanitizeUrls(true)
        .urlSanitizer(new Addresses(pictures))
        .attributeProviderFactory(_ -> new Attributes())
        .build()
        .render(page);
  }

  /** Takes comments away: escaped, they would be there for everybody to see. */
  private static final class Comments extends AbstractVisitor {
    @Override
    public void visit(HtmlBlock html) {
      if (Markdown.comment(html.getLiteral())) {
        html.unlink();
      }
    }

    @Override
    public void visit(HtmlInline html) {
      if (Markdown.comment(html.getLiteral())) {
        html.unlink();
      }
    }
  }

  /** Lets addresses of the web and of mail pass, and pictures of the folder. */
  private record Addresses(String pictures) implements UrlSanitizer {
    @Override
    public String sanitizeLinkUrl(String url) {
      return url.startsWith("#") ? url : Clean.address(url);
    }

    @Override
    public String sanitizeImageUrl(String url) {
      return url.matches("[A-Za-z0-9][A-Za-z0-9_-]*[.](svg|png)") ? pictures + url : "";
    }
  }

  /** Names sections after their numbers, and lets links leave the page alone. */
  private static final class Attributes implements AttributeProvider {
    @Override
    public void setAttributes(Node node, String tag, Map<String, String> attributes) {
      if (node instanceof Heading heading) {
        String words = Inlines.words(heading);
        int blank = words.indexOf(' ');
        String first = blank < 0 ? words : words.substring(0, blank);
        if (first.matches("[0-9]+[.][0-9]+")) {
          attributes.put("id", "step-" + first);
        }
      } else if (node instanceof Link link && !link.getDestination().startsWith("#")) {
        attributes.put("rel", "noopener noreferrer nofollow");
        attributes.put("target", "_blank");
      }
    }
  }
}
