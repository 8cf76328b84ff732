package io.sluice.cdc.examples.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cdc.config.ColumnRule;
import io.sluice.cdc.config.Problems;
import io.sluice.cdc.event.CarryAs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code types.columns}. */
final class ColumnRules {
  private static final String KEY = Key.TYPES_COLUMNS.path();
  private static final String FORM = "write [ { match: \"shop.*.price\", as: text } ]";
  private static final Set<String> PARTS = Set.of("match", "as");

  private final Problems problems;

  ColumnRules(Problems problems) {
    this.problems = problems;
  }

  List<ColumnRule> read(@Nullable JsonNode list) {
    List<ColumnRule> rules = new ArrayList<>();
    if (list == null || list.isNull()) {
      return rules;
    }
    if (!list.isArray()) {
      problems.add(KEY, list, "is not a list of rules; " + FORM);
      return rules;
    }
    for (JsonNode rule : list) {
      if (isRule(rule)) {
        add(rule.get("match").asText(), rule.get("as").asText(), rules);
      } else {
        problems.add(KEY, rule, "is not a rule of match and as; " + FORM);
      }
    }
    return rules;
  }

  private static boolean isRule(JsonNode rule) {
    return rule.isObject()
        && rule.properties().stream().allMatch(e -> PARTS.contains(e.getKey()))
        && PARTS.stream().allMatch(part -> rule.path(part).isValueNode());
  }

  private void add(String match, String as, List<ColumnRule> rules) {
    CarryAs carried =
        Arrays.stream(CarryAs.values())
            .filter(c -> c.name().toLowerCase(Locale.ROOT).equals(as))
            .findFirst()
            .orElse(null);
    if (carried == null) {
      problems.add(KEY, as, "is none of text, boolean, int64");
      return;
    }
    try {
      rules.add(new ColumnRule(match, carried));
    } catch (IllegalArgumentException e) {
      problems.add(KEY, match, String.valueOf(e.getMessage()));
    }
  }
}
