package io.sluice.cdc.config;

import io.sluice.cdc.event.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The MySQL server and the tables to take from it. Immutable; the password is in no text form. */
public final class SourceConfig {
  /** MySQL's own default port. */
  public static final int DEFAULT_PORT = 3306;

  /** Encrypted where the server can, as MySQL's own clients do. */
  public static final TlsMode DEFAULT_TLS = TlsMode.PREFERRED;

  /** How long one attempt to connect may take. */
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(30);

  private final String host;
  private final int port;
  private final String user;
  private final String password;
  private final TlsMode tls;
  private final long serverId;
  private final Duration connectTimeout;
  private final List<TablePattern> include;
  private final List<TablePattern> exclude;

  private SourceConfig(Builder b) {
    this.host = b.host;
    this.port = b.port;
    this.user = b.user;
    this.password = b.password;
    this.tls = b.tls;
    this.serverId = b.serverId;
    this.connectTimeout = b.connectTimeout;
    this.include = patterns(b.include);
    this.exclude = patterns(b.exclude);
  }

  /** A builder without host, user, password and tables; these must be given. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code source.host}: name or address of the server. */
  public String host() {
    return host;
  }

  /** {@code source.port}. */
  public int port() {
    return port;
  }

  /** {@code source.user}. */
  public String user() {
    return user;
  }

  /** {@code source.password}. */
  public String password() {
    return password;
  }

  /** {@code source.tls}. */
  public TlsMode tls() {
    return tls;
  }

  /**
   * {@code source.serverId}: the id under which Sluice registers as a replica, unique among all
   * replicas of the server; 0 means that one is drawn at random at each start.
   */
  public long serverId() {
    return serverId;
  }

  /** {@code source.connectTimeout}. */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** {@code source.include}: the tables to take. */
  public List<TablePattern> include() {
    return include;
  }

  /** {@code source.exclude}: tables not to take even where {@link #include()} names them. */
  public List<TablePattern> exclude() {
    return exclude;
  }

  /** Whether the table is to be taken. MySQL's own databases never are. */
  public boolean includes(TableName table) {
    return !isSystem(table.database())
        && include.stream().anyMatch(p -> p.matches(table))
        && exclude.stream().noneMatch(p -> p.matches(table));
  }

  /** Whether a database is one of MySQL's own. */
  public static boolean isSystem(String database) {
    return switch (database) {
      case "mysql", "sys", "information_schema", "performance_schema" -> true;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return user
        + "@"
        + host
        + ":"
        + port
        + ", tls "
        + tls
        + ", include "
        + include
        + ", exclude "
        + exclude;
  }

  private static List<TablePattern> patterns(List<String> texts) {
    return texts.stream().map(TablePattern::parse).toList();
  }

  /** Builds a {@link SourceConfig}. Not thread-safe. */
  public static final class Builder {
    private String host = "";
    private int port = DEFAULT_PORT;
    private String user = "";
    private String password = "";
    private TlsMode tls = DEFAULT_TLS;
    private long serverId;
    private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
    private final List<String> include = new ArrayList<>();
    private final List<String> exclude = new ArrayList<>();

    private Builder() {}

    /** Name or address of the server; required. */
    public Builder host(String host) {
      this.host = host;
      return this;
    }

    /** Port, 1 to 65535; {@value SourceConfig#DEFAULT_PORT} unless given. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /**
     * User; required. It needs SELECT, REPLICATION SLAVE and REPLICATION CLIENT; RELOAD makes views
     * cheaper.
     */
    public Builder user(String user) {
      this.user = user;
      return this;
    }

    /** Password; may be empty where the server allows it. */
    public Builder password(String password) {
      this.password = password;
      return this;
    }

    /** Encryption; preferred unless given. */
    public Builder tls(TlsMode tls) {
      this.tls = tls;
      return this;
    }

    /** Replica id, 1 to 4294967295; 0 draws one at each start. */
    public Builder serverId(long serverId) {
      this.serverId = serverId;
      return this;
    }

    /** How long one attempt to connect may take. */
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = connectTimeout;
      return this;
    }

    /**
     * Adds tables to take, e.g. {@code shop.*}; see {@link TablePattern}. At least one is required.
     */
    public Builder include(String... patterns) {
      include.addAll(List.of(patterns));
      return this;
    }

    /** Adds tables to leave out. */
    public Builder exclude(String... patterns) {
      exclude.addAll(List.of(patterns));
      return this;
    }

    /**
     * Checks and builds.
     *
     * @throws io.sluice.cdc.error.ConfigurationException with every problem
     */
    public SourceConfig build() {
      Problems problems = new Problems();
      check(problems);
      problems.throwIfAny();
      return new SourceConfig(this);
    }

    /** Adds what is wrong so far to the problems. */
    public void check(Problems problems) {
      if (host.isBlank()) {
        problems.missing("source.host", "the name or address of the MySQL server");
      }
      if (user.isBlank()) {
        problems.missing("source.user", "the MySQL user");
      }
      problems.range("source.port", port, 1, 65535);
      problems.range("source.serverId", serverId, 0, 4294967295L);
      problems.range("source.connectTimeout (ms)", connectTimeout.toMillis(), 1, 3_600_000);
      if (include.isEmpty()) {
        problems.missing("source.include", "at least one table pattern, e.g. shop.*");
      }
      checkPatterns(problems, "source.include", include);
      checkPatterns(problems, "source.exclude", exclude);
    }

    private static void checkPatterns(Problems problems, String key, List<String> patterns) {
      for (String pattern : patterns) {
        try {
          TablePattern.parse(pattern);
        } catch (IllegalArgumentException e) {
          problems.add(key, pattern, String.valueOf(e.getMessage()));
        }
      }
    }
  }
}
