package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.mysql.Grants;
import io.sluice.cdc.internal.mysql.ServerFacts;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says how a view would be taken, by the user's grants alone: no lock is tried. A managed server
 * may refuse what it has granted; the load then takes the next way and says so.
 *
 * @param method the way, or null when there is none
 * @param reason why
 */
public record ViewForecast(@Nullable ViewMethod method, String reason) {
  /** For a view over these tables. */
  public static ViewForecast of(Grants grants, ServerFacts facts, Collection<TableName> tables) {
    boolean global = grants.has("RELOAD") || grants.has("FLUSH_TABLES");
    if (global && !facts.isManaged()) {
      return new ViewForecast(
          ViewMethod.GLOBAL_LOCK, "the user has RELOAD, so it may FLUSH TABLES WITH READ LOCK");
    }
    List<String> unlockable =
        tables.stream()
            .map(TableName::database)
            .distinct()
            .filter(database -> !grants.has("LOCK TABLES", database))
            .sorted()
            .toList();
    String why = global ? "Amazon RDS and Aurora refuse a global lock" : "the user has not RELOAD";
    if (unlockable.isEmpty()) {
      return new ViewForecast(
          ViewMethod.TABLE_LOCKS, why + ", but LOCK TABLES on every included table");
    }
    why += ", and not LOCK TABLES on " + String.join(", ", unlockable);
    return facts.gtid()
        ? new ViewForecast(
            ViewMethod.QUIET_MOMENT,
            why + "; GTID is on, so a moment without a commit can be found")
        : new ViewForecast(null, why + ", and GTID is off");
  }
}
