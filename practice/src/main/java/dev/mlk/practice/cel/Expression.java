package dev.mlk.practice.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.common.exceptions.CelDivideByZeroException;
import dev.cel.common.exceptions.CelIndexOutOfBoundsException;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One compiled expression. Safe for many threads. */
final class Expression {
  private static final Pattern CANDIDATES = Pattern.compile(" \\(candidates: .*\\)$");
  private static final Pattern NO_KEY = Pattern.compile("key '(.*)' is not present in map\\.?");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+$");
  private final CelAbstractSyntaxTree tree;
  private final CelRuntime.Program program;
  private final Map<Long, List<String>> overloads = new HashMap<>();

  private Expression(CelAbstractSyntaxTree tree, CelRuntime.Program program) {
    this.tree = tree;
    this.program = program;
    tree.getReferenceMap().forEach((id, reference) -> overloads.put(id, reference.overloadIds()));
  }

  /** Compiles; the exception names all that is wrong, each with its place. */
  static Expression compile(CelCompiler compiler, String text) throws CelException {
    CelValidationResult parsed = compiler.parse(text);
    if (parsed.hasError()) {
      throw new CelException(errors(parsed, "Syntax error: "));
    }
    try {
      CelValidationResult checked = compiler.check(parsed.getAst());
      if (checked.hasError()) {
        throw new CelException(errors(checked, ""));
      }
      CelAbstractSyntaxTree tree = checked.getAst();
      return new Expression(tree, Library.runtime().createProgram(tree));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new CelException(String.valueOf(e.getMessage()));
    }
  }

  private static String errors(CelValidationResult result, String head) {
    return result.getErrors().stream()
        .map(
            issue ->
                CelIssue.formatError(
                        issue.getSourceLocation().getLine(),
                        issue.getSourceLocation().getColumn(),
                        head + CANDIDATES.matcher(issue.getMessage()).replaceFirst(""))
                    .toDisplayString(result.getSource()))
        .collect(Collectors.joining("\n"));
  }

  /** The name of the type of its values. */
  String type() {
    return tree.getResultType().name();
  }

  /** Whether its value is certainly of that type or may be of any. */
  boolean yields(String type) {
    return type().equals(type) || type().equals("dyn");
  }

  /** What it may cost at most on a value of that shape. */
  long cost(Shape self) {
    return CostEstimate.of(tree, self);
  }

  /** The value, when it can be had for no more than {@link CostCount#MOST}. */
  Object value(Map<String, Object> variables) throws CelException {
    return evaluated(variables, new long[1]);
  }

  /**
   * The same.
   *
   * @param cost its first element becomes what the evaluation has cost, however it ended
   */
  Object evaluated(Map<String, Object> variables, long[] cost) throws CelException {
    CostCount count = new CostCount(overloads);
    try {
      return program.trace(variables, count);
    } catch (CelEvaluationException e) {
      throw fault(e);
    } catch (CostCount.TooMuch e) {
      throw exhausted();
    } finally {
      cost[0] = count.cost();
    }
  }

  private static CelException exhausted() {
    return new CelException("the expression costs too much", true);
  }

  private static CelException fault(CelEvaluationException e) {
    if (e.getErrorCode() == CelErrorCode.ITERATION_BUDGET_EXCEEDED
        || e.getCause() instanceof CostCount.TooMuch) {
      return exhausted();
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String text = String.valueOf(cause.getMessage());
    return switch (cause) {
      case CelAttributeNotFoundException _ -> {
        Matcher key = NO_KEY.matcher(text);
        yield new CelException("no such key: " + (key.matches() ? key.group(1) : text));
      }
      case CelIndexOutOfBoundsException _ -> {
        Matcher index = NUMBER.matcher(text);
        yield new CelException("index out of bounds: " + (index.find() ? index.group() : text));
      }
      case CelDivideByZeroException _ -> new CelException("division by zero");
      default -> new CelException(text);
    };
  }
}
