package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.internal.binlog.SqlTokens.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which columns of a statement get their values of others: {@code AS (…)} and {@code DEFAULT (…)}
 * behind a column that is made or changed.
 */
final class DerivedSpecs {
  private DerivedSpecs() {}

  /** For each column with an expression all names in it, those of functions too. */
  static Map<String, Set<String>> of(String sql) {
    List<Token> tokens = SqlTokens.of(sql);
    Map<String, Set<String>> derived = new HashMap<>();
    Deque<Integer> starts = new ArrayDeque<>(List.of(0));
    for (int i = 0; i + 1 < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.isSign('(')) {
        starts.push(i + 1);
      } else if (token.isSign(')') && starts.size() > 1) {
        starts.pop();
      } else if (token.isSign(',')) {
        starts.pop();
        starts.push(i + 1);
      } else if (token.is("AS", "DEFAULT") && tokens.get(i + 1).isSign('(')) {
        String column = column(tokens.subList(starts.element(), i));
        derived
            .computeIfAbsent(column, c -> new TreeSet<>())
            .addAll(names(tokens.subList(i + 1, tokens.size())));
      }
    }
    derived.values().removeIf(Set::isEmpty);
    return derived;
  }

  private static String column(List<Token> spec) {
    int at = 0;
    for (int i = 0; i < spec.size() && at == 0; i++) {
      at = spec.get(i).is("ADD", "MODIFY", "CHANGE") ? i + 1 : 0;
    }
    boolean change = at > 0 && spec.get(at - 1).is("CHANGE");
    if (at > 0 && at < spec.size() && spec.get(at).is("COLUMN")) {
      at++;
    }
    at = change ? at + 1 : at;
    return at < spec.size() ? spec.get(at).text() : "";
  }

  /** In the brackets with which the tokens begin. */
  private static Set<String> names(List<Token> tokens) {
    Set<String> names = new TreeSet<>();
    int depth = 0;
    for (Token token : tokens) {
      depth += token.isSign('(') ? 1 : token.isSign(')') ? -1 : 0;
      if (depth == 0) {
        break;
      }
      if (token.isName()) {
        names.add(token.text());
      }
    }
    return names;
  }
}
