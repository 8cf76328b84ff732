package io.sluice.cdc.internal.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the user may do to whole databases, as {@code SHOW GRANTS} tells, roles in force included.
 * Rights to single tables are left out, and so are partial revokes.
 */
public final class Grants {
  private static final Pattern GRANT =
      Pattern.compile("GRANT (.+?) ON (\\*|`(?:[^`]|``)*`)\\.\\*.* TO .*", Pattern.DOTALL);

  private static final int NO_SUCH_FUNCTION = 1305;
  private static final int NO_SUCH_FUNCTION_HERE = 1046; // looked for in the current database

  private final List<Grant> grants;

  private Grants(List<Grant> grants) {
    this.grants = List.copyOf(grants);
  }

  /** Rights to databases whose names match. */
  private record Grant(Set<String> privileges, Pattern databases) {
    boolean holds(String privilege) {
      return privileges.contains(privilege) || privileges.contains("ALL PRIVILEGES");
    }
  }

  /** Asks the server. */
  public static Grants read(Connection connection) throws SQLException {
    String roles = roles(connection);
    String using = roles.isEmpty() ? "" : " FOR CURRENT_USER() USING " + roles;
    return of(Sql.query(connection, "SHOW GRANTS" + using, r -> r.getString(1)));
  }

  /** The roles in force as the server quotes them; empty without, and before MySQL 8. */
  private static String roles(Connection connection) throws SQLException {
    try {
      String roles = Sql.first(connection, "SELECT CURRENT_ROLE()");
      return roles == null || roles.equals("NONE") ? "" : roles;
    } catch (SQLException e) {
      if (e.getErrorCode() == NO_SUCH_FUNCTION || e.getErrorCode() == NO_SUCH_FUNCTION_HERE) {
        return "";
      }
      throw e;
    }
  }

  /** Reads the lines of {@code SHOW GRANTS}. */
  static Grants of(List<String> lines) {
    List<Grant> grants = new ArrayList<>();
    for (String line : lines) {
      Matcher m = GRANT.matcher(line);
      if (m.matches()) {
        Set<String> privileges = new HashSet<>();
        for (String privilege : m.group(1).split(",")) {
          privileges.add(privilege.strip().toUpperCase(Locale.ROOT));
        }
        grants.add(new Grant(privileges, databases(m.group(2))));
      }
    }
    return new Grants(grants);
  }

  /** Whether the user has the privilege everywhere. */
  public boolean has(String privilege) {
    return grants.stream()
        .anyMatch(g -> g.holds(privilege) && g.databases().pattern().equals(".*"));
  }

  /** Whether the user has the privilege for a database. */
  public boolean has(String privilege, String database) {
    return grants.stream()
        .anyMatch(g -> g.holds(privilege) && g.databases().matcher(database).matches());
  }

  /** In a grant {@code %} and {@code _} stand for any characters and for one, unless escaped. */
  private static Pattern databases(String written) {
    if (written.equals("*")) {
      return Pattern.compile(".*", Pattern.DOTALL);
    }
    String name = written.substring(1, written.length() - 1).replace("``", "`");
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '\\' && i + 1 < name.length()) {
        regex.append(Pattern.quote(String.valueOf(name.charAt(++i))));
      } else if (c == '%') {
        regex.append(".*?");
      } else if (c == '_') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
