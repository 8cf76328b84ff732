package io.sluice.cdc.examples.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cdc.config.Problems;
import io.sluice.cdc.config.Protection;
import io.sluice.cdc.config.ProtectionRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code columns}. */
final class ProtectionRules {
  private static final String KEY = Key.COLUMNS.path();
  private static final String FORM = "write [ { match: \"shop.customers.email\", action: hash } ]";
  private static final String ACTIONS = "keep, hash, mask, redact, truncate, drop";
  private static final Set<String> PARTS = Set.of("match", "action", "keep", "with");

  private final Problems problems;

  ProtectionRules(Problems problems) {
    this.problems = problems;
  }

  List<ProtectionRule> read(@Nullable JsonNode list) {
    List<ProtectionRule> rules = new ArrayList<>();
    if (list == null || list.isNull()) {
      return rules;
    }
    if (!list.isArray()) {
      problems.add(KEY, list, "is not a list of rules; " + FORM);
      return rules;
    }
    for (JsonNode rule : list) {
      if (isRule(rule)) {
        add(rule, rules);
      } else {
        problems.add(KEY, rule, "is not a rule of match and action (and keep or with); " + FORM);
      }
    }
    return rules;
  }

  private static boolean isRule(JsonNode rule) {
    return rule.isObject()
        && rule.path("match").isValueNode()
        && rule.path("action").isValueNode()
        && rule.properties().stream()
            .allMatch(e -> PARTS.contains(e.getKey()) && e.getValue().isValueNode());
  }

  private void add(JsonNode rule, List<ProtectionRule> rules) {
    Protection protection = protection(rule);
    if (protection == null) {
      return;
    }
    String match = rule.get("match").asText();
    try {
      rules.add(new ProtectionRule(match, protection));
    } catch (IllegalArgumentException e) {
      problems.add(KEY, match, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Protection protection(JsonNode rule) {
    String action = rule.get("action").asText();
    boolean counts = action.equals("mask") || action.equals("truncate");
    if (rule.has("keep") != counts) {
      problems.add(
          KEY,
          rule,
          counts
              ? "does not say how many characters stay; add keep, e.g. keep: 4"
              : "has keep, which is for mask and truncate");
      return null;
    }
    if (rule.has("with") && !action.equals("redact")) {
      problems.add(KEY, rule, "has with, which is for redact");
      return null;
    }
    try {
      return protection(action, rule);
    } catch (IllegalArgumentException e) {
      problems.add(KEY, rule.get("keep"), String.valueOf(e.getMessage()));
      return null;
    }
  }

  private @Nullable Protection protection(String action, JsonNode rule) {
    return switch (action) {
      case "keep" -> Protection.keep();
      case "hash" -> Protection.hash();
      case "mask" -> Protection.mask(count(rule));
      case "truncate" -> Protection.truncate(count(rule));
      case "drop" -> Protection.drop();
      case "redact" ->
          rule.hasNonNull("with")
              ? Protection.redact(rule.get("with").asText())
              : Protection.redact();
      default -> {
        String near = Typos.nearest(action, List.of(ACTIONS.split(", ")));
        problems.add(
            KEY,
            action,
            "is none of " + ACTIONS + (near == null ? "" : "; did you mean " + near + "?"));
        yield null;
      }
    };
  }

  private static int count(JsonNode rule) {
    JsonNode keep = rule.get("keep");
    if (!keep.canConvertToInt() || !keep.isIntegralNumber()) {
      throw new IllegalArgumentException("is not a whole number of characters");
    }
    return keep.asInt();
  }
}
