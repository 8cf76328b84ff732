package io.sluice.cdc.examples;

import java.util.ArrayList;
import java.util.List;

/**
 * A table, and statements that change its structure. In every statement {@code %s} stands for the
 * table's name without database; the database is in use.
 *
 * @param table the table
 * @param reloads whether the statements must make it be loaded again
 * @param before run before the pipeline knows the table
 * @param after run while the pipeline follows, or stands still
 */
record StructureCase(String table, boolean reloads, List<String> before, List<String> after) {
  private static final List<StructureCase> ALL = new ArrayList<>();
  private static final String PLAIN =
      "CREATE TABLE %s (id INT PRIMARY KEY, a INT, b VARCHAR(20), c VARCHAR(20))";
  private static final String ROWS =
      "INSERT INTO %s VALUES (1, 1, 'x', 'é'), (2, NULL, NULL, NULL)";

  static {
    columns();
    types();
    characters();
    keys();
    partitions();
    tables();
    swaps();
  }

  static List<StructureCase> all() {
    return List.copyOf(ALL);
  }

  private static void columns() {
    cheap(
        "add_null", "ALTER TABLE %s ADD COLUMN n INT", "INSERT INTO %s VALUES (3, 3, 'y', 'z', 9)");
    cheap(
        "add_first",
        "ALTER TABLE %s ADD COLUMN n INT FIRST, ADD m VARCHAR(9) NULL DEFAULT NULL AFTER a",
        "INSERT INTO %s VALUES (5, 3, 3, 'm', 'y', 'z')",
        "UPDATE %s SET n = 6 WHERE id = 1");
    cheap(
        "add_instant",
        "ALTER TABLE %s ADD COLUMN n JSON, ALGORITHM=INSTANT",
        "INSERT INTO %s VALUES (3, 3, 'y', 'z', '{\"a\": 1}')");
    cheap(
        "add_many",
        "ALTER TABLE %s ADD (n INT, m TEXT)",
        "INSERT INTO %s VALUES (3,3,'','',4,'t')");
    reload(
        "add_default",
        "ALTER TABLE %s ADD COLUMN n INT DEFAULT 7",
        "INSERT INTO %s (id) VALUES (3)");
    reload(
        "add_not_null",
        "ALTER TABLE %s ADD COLUMN n INT NOT NULL",
        "INSERT INTO %s (id, n) VALUES (3, 1)");
    reload("add_now", "ALTER TABLE %s ADD COLUMN n DATETIME DEFAULT CURRENT_TIMESTAMP");
    reload(
        "add_virtual",
        "ALTER TABLE %s ADD COLUMN n INT AS (a + 1)",
        "INSERT INTO %s (id, a) VALUES (3, 3)");
    reload(
        "change_stored",
        List.of(
            "CREATE TABLE %s (id INT PRIMARY KEY, a INT, n INT AS (a + 1) STORED)",
            "INSERT INTO %s (id, a) VALUES (1, 1)"),
        "ALTER TABLE %s MODIFY COLUMN n INT AS (a + 2) STORED",
        "INSERT INTO %s (id, a) VALUES (2, 2)");
    cheap("drop_column", "ALTER TABLE %s DROP COLUMN a", "INSERT INTO %s VALUES (3, 'y', 'z')");
    reload(
        "drop_and_add",
        "ALTER TABLE %s DROP COLUMN a",
        "INSERT INTO %s VALUES (3, 'y', 'z')",
        "ALTER TABLE %s ADD COLUMN a INT",
        "INSERT INTO %s VALUES (4, 'y', 'z', 4)");
    reload("drop_add_at_once", "ALTER TABLE %s DROP COLUMN a, ADD COLUMN a INT");
    reload(
        "rename_column",
        "ALTER TABLE %s RENAME COLUMN a TO z",
        "INSERT INTO %s VALUES (3, 3, 'y', 'z')");
    reload(
        "swap_columns",
        "ALTER TABLE %s RENAME COLUMN b TO c, RENAME COLUMN c TO b",
        "INSERT INTO %s VALUES (3, 3, 'y', 'z')");
    reload(
        "change_column",
        "ALTER TABLE %s CHANGE a z BIGINT",
        "UPDATE %s SET z = 5000000000 WHERE id = 1");
    reload(
        "change_case", "ALTER TABLE %s CHANGE a A INT", "INSERT INTO %s VALUES (3, 3, 'y', 'z')");
    cheap(
        "change_same",
        "ALTER TABLE %s CHANGE a a BIGINT AFTER c",
        "INSERT INTO %s VALUES (3, 'y', 'z', 3)");
    cheap(
        "move",
        "ALTER TABLE %s MODIFY COLUMN c VARCHAR(20) FIRST",
        "INSERT INTO %s VALUES ('z', 3, 3, 'y')");
    cheap(
        "default_change",
        "ALTER TABLE %s ALTER COLUMN a SET DEFAULT 5, COMMENT='x;y', AUTO_INCREMENT=7",
        "INSERT INTO %s (id) VALUES (3)");
    cheap(
        "relax",
        List.of(
            "CREATE TABLE %s (id INT PRIMARY KEY, a INT NOT NULL)", "INSERT INTO %s VALUES (1, 1)"),
        "ALTER TABLE %s MODIFY a INT NULL",
        "INSERT INTO %s VALUES (2, NULL)");
    reload(
        "forbid",
        List.of(PLAIN, "INSERT INTO %s VALUES (1, NULL, 'x', 'y')"),
        "SET SESSION sql_mode = ''",
        "ALTER TABLE %s MODIFY a INT NOT NULL",
        "SET SESSION sql_mode = DEFAULT");
    cheap(
        "indexes",
        "ALTER TABLE %s ADD INDEX i (a), ADD FULLTEXT f (b)",
        "CREATE INDEX j ON %s (b, c)",
        "DROP INDEX j ON %s",
        "ALTER TABLE %s RENAME INDEX i TO k",
        "INSERT INTO %s VALUES (3, 3, 'y', 'z')");
    cheap(
        "invisible",
        "ALTER TABLE %s ADD INDEX ((a + 1)), ADD UNIQUE u (a)",
        "ALTER TABLE %s ALTER INDEX u INVISIBLE",
        "INSERT INTO %s VALUES (3, 3, 'y', 'z')");
    cheap(
        "rebuild",
        "ALTER TABLE %s ENGINE=InnoDB",
        "ALTER TABLE %s FORCE, ROW_FORMAT=COMPACT",
        "OPTIMIZE TABLE %s",
        "ANALYZE TABLE %s",
        "ALTER TABLE %s ORDER BY a",
        "INSERT INTO %s VALUES (3, 3, 'y', 'z')");
  }

  private static void types() {
    cheap(
        "wider",
        "ALTER TABLE %s MODIFY a BIGINT, MODIFY b VARCHAR(300), MODIFY c TEXT",
        "INSERT INTO %s VALUES (3, 5000000000, REPEAT('y', 300), 'z')");
    reload(
        "narrower",
        List.of(PLAIN, "INSERT INTO %s VALUES (1, 300, 'long text', 'y')"),
        "SET SESSION sql_mode = ''",
        "ALTER TABLE %s MODIFY a TINYINT, MODIFY b VARCHAR(4)",
        "SET SESSION sql_mode = DEFAULT",
        "INSERT INTO %s VALUES (3, 3, 'y', 'z')");
    reload(
        "to_text",
        "ALTER TABLE %s MODIFY a VARCHAR(20)",
        "INSERT INTO %s VALUES (3, 'three', 'y', 'z')");
    reload(
        "to_number",
        List.of(PLAIN, "INSERT INTO %s VALUES (1, 1, '007', 'z')"),
        "ALTER TABLE %s MODIFY b INT",
        "INSERT INTO %s VALUES (3, 3, 8, 'z')");
    reload(
        "unsigned_int",
        "ALTER TABLE %s MODIFY a INT UNSIGNED",
        "INSERT INTO %s VALUES (3, 4000000000, 'y', 'z')");
    reload(
        "rounded",
        List.of(
            "CREATE TABLE %s (id INT PRIMARY KEY, d DECIMAL(10,4), t DATETIME(6), u TIME(3))",
            "INSERT INTO %s VALUES (1, 1.2345, '2024-01-01 00:00:00.999999', '10:00:00.5')"),
        "ALTER TABLE %s MODIFY d DECIMAL(10,2), MODIFY t DATETIME(3), MODIFY u TIME",
        "INSERT INTO %s VALUES (2, 2.34, '2024-01-01 00:00:00.125', '11:00:00')");
    cheap(
        "precise",
        List.of(
            "CREATE TABLE %s (id INT PRIMARY KEY, d DECIMAL(10,2), t DATETIME, s TIMESTAMP(3) NULL, e ENUM('a','b'), f SET('a','b'), x VARBINARY(3))",
            "INSERT INTO %s VALUES (1, 1.25, '2024-01-01 00:00:00', '2024-01-01 00:00:00.125', 'b', 'a,b', x'00')"),
        "ALTER TABLE %s MODIFY d DECIMAL(14,4), MODIFY t DATETIME(6), MODIFY s TIMESTAMP(6) NULL, MODIFY e ENUM('a','b','c,d'), MODIFY f SET('a','b','c'), MODIFY x BLOB",
        "INSERT INTO %s VALUES (2, 2.3456, '2024-01-01 00:00:00.125001', '2024-01-01 00:00:00.000001', 'c,d', 'a,c', x'0000')");
    reload(
        "enum_removed",
        List.of(
            "CREATE TABLE %s (id INT PRIMARY KEY, e ENUM('a','b'), f SET('a','b'))",
            "INSERT INTO %s VALUES (1, 'b', 'a,b')"),
        "ALTER TABLE %s MODIFY e ENUM('b','c'), MODIFY f SET('b','a')",
        "INSERT INTO %s VALUES (2, 'c', 'a,b')");
    reload(
        "padded",
        List.of(
            "CREATE TABLE %s (id INT PRIMARY KEY, x BINARY(2), y VARCHAR(9))",
            "INSERT INTO %s VALUES (1, x'61', 'a  ')"),
        "ALTER TABLE %s MODIFY x BINARY(4), MODIFY y CHAR(9)",
        "INSERT INTO %s VALUES (2, x'62', 'b  ')");
    reload(
        "to_json",
        List.of(PLAIN, "INSERT INTO %s VALUES (1, 1, '{\"b\":1, \"a\":2}', '')"),
        "ALTER TABLE %s MODIFY b JSON",
        "INSERT INTO %s VALUES (2, 1, '[1]', '')");
  }

  private static void characters() {
    cheap(
        "convert_up",
        List.of(
            "CREATE TABLE %s (id INT PRIMARY KEY, t VARCHAR(20), x TEXT) CHARACTER SET latin1",
            "INSERT INTO %s VALUES (1, 'Übergröße', 'é')"),
        "ALTER TABLE %s CONVERT TO CHARACTER SET utf8mb4",
        "INSERT INTO %s VALUES (2, '😀 Ü', '€')");
    reload(
        "convert_down",
        List.of(
            "CREATE TABLE %s (id INT PRIMARY KEY, t VARCHAR(20)) CHARACTER SET utf8mb4",
            "INSERT INTO %s VALUES (1, 'Übergröße')"),
        "ALTER TABLE %s CONVERT TO CHARACTER SET latin1",
        "INSERT INTO %s VALUES (2, 'größer')");
    cheap(
        "default_charset",
        List.of(
            "CREATE TABLE %s (id INT PRIMARY KEY, t VARCHAR(20)) CHARACTER SET utf8mb4",
            "INSERT INTO %s VALUES (1, 'Übergröße')"),
        "ALTER TABLE %s DEFAULT CHARACTER SET latin1",
        "ALTER TABLE %s ADD COLUMN u VARCHAR(20)",
        "INSERT INTO %s VALUES (2, '😀', 'größer')");
    cheap(
        "collate",
        "ALTER TABLE %s MODIFY b VARCHAR(20) COLLATE utf8mb4_bin",
        "INSERT INTO %s VALUES (3, 3, 'y', 'z')");
  }

  private static void keys() {
    reload(
        "drop_key",
        "ALTER TABLE %s DROP PRIMARY KEY",
        "INSERT INTO %s VALUES (1, 1, 'x', 'é')",
        "DELETE FROM %s WHERE a = 1 LIMIT 1");
    reload(
        "add_key",
        List.of(
            "CREATE TABLE %s (id INT NOT NULL, a INT)",
            "INSERT INTO %s VALUES (1, 1), (1, 1), (2, 2)"),
        "DELETE FROM %s WHERE id = 1 LIMIT 1",
        "ALTER TABLE %s ADD PRIMARY KEY (id)",
        "UPDATE %s SET a = 5 WHERE id = 1");
    reload(
        "replace_key",
        List.of(PLAIN, "INSERT INTO %s VALUES (1, 1, 'x', 'y'), (2, 2, 'x', 'y')"),
        "UPDATE %s SET a = 7 WHERE id = 1",
        "ALTER TABLE %s DROP PRIMARY KEY, ADD PRIMARY KEY (a, id)",
        "UPDATE %s SET a = 8 WHERE id = 1");
    reload(
        "unique_key",
        List.of("CREATE TABLE %s (id INT NOT NULL, a INT)", "INSERT INTO %s VALUES (1, 1), (2, 2)"),
        "CREATE UNIQUE INDEX u ON %s (id)",
        "UPDATE %s SET a = 5 WHERE id = 1");
    reload(
        "drop_unique",
        List.of(
            "CREATE TABLE %s (id INT NOT NULL, a INT, UNIQUE u (id))",
            "INSERT INTO %s VALUES (1, 1), (2, 2)"),
        "DROP INDEX u ON %s",
        "INSERT INTO %s VALUES (1, 1)");
  }

  private static void partitions() {
    String table =
        "CREATE TABLE %s (id INT PRIMARY KEY, a INT) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20), PARTITION p2 VALUES LESS THAN (30))";
    List<String> before = List.of(table, "INSERT INTO %s VALUES (1, 1), (11, 2), (21, 3)");
    reload(
        "drop_partition",
        before,
        "ALTER TABLE %s DROP PARTITION p1",
        "INSERT INTO %s VALUES (22, 4)");
    reload(
        "truncate_partition",
        before,
        "ALTER TABLE %s TRUNCATE PARTITION p1",
        "INSERT INTO %s VALUES (12, 4)");
    reload(
        "exchange_partition",
        before,
        "CREATE TABLE exchanged (id INT PRIMARY KEY, a INT)",
        "INSERT INTO exchanged VALUES (15, 15)",
        "ALTER TABLE %s EXCHANGE PARTITION p1 WITH TABLE exchanged",
        "INSERT INTO %s VALUES (16, 4)",
        "INSERT INTO exchanged VALUES (17, 17)");
    cheap(
        "add_partition",
        before,
        "ALTER TABLE %s ADD PARTITION (PARTITION p3 VALUES LESS THAN (40))",
        "ALTER TABLE %s REORGANIZE PARTITION p0 INTO (PARTITION p0a VALUES LESS THAN (5), PARTITION p0b VALUES LESS THAN (10))",
        "ALTER TABLE %s REBUILD PARTITION p1",
        "INSERT INTO %s VALUES (31, 4)",
        "ALTER TABLE %s REMOVE PARTITIONING",
        "ALTER TABLE %s PARTITION BY HASH (id) PARTITIONS 3",
        "ALTER TABLE %s COALESCE PARTITION 1",
        "INSERT INTO %s VALUES (41, 4)");
  }

  private static void tables() {
    cheap(
        "truncated",
        "TRUNCATE %s",
        "INSERT INTO %s VALUES (3, 3, 'y', 'z')",
        "TRUNCATE TABLE %s",
        "INSERT INTO %s VALUES (4, 3, 'y', 'z')");
    cheap(
        "replaced",
        "DROP TABLE %s",
        "CREATE TABLE %s (id VARCHAR(9) PRIMARY KEY, q INT)",
        "INSERT INTO %s VALUES ('k', 1)");
    cheap(
        "dropped",
        "INSERT INTO %s VALUES (3, 3, 'y', 'z')",
        "DROP TABLE IF EXISTS %s, never_there");
    cheap(
        "created_again",
        "CREATE TABLE IF NOT EXISTS %s (id INT PRIMARY KEY, other TEXT)",
        "INSERT INTO %s VALUES (3, 3, 'y', 'z')");
    cheap(
        "parent",
        "CREATE TABLE child LIKE %s",
        "INSERT INTO child VALUES (1, 1, 'x', 'y')",
        "CREATE TABLE IF NOT EXISTS child2 (LIKE child)",
        "INSERT INTO child2 SELECT * FROM child",
        "DROP TABLE child");
    cheap(
        "moved",
        "RENAME TABLE %s TO moved_away",
        "CREATE TABLE %s (id INT PRIMARY KEY, v INT)",
        "INSERT INTO %s VALUES (1, 5)",
        "INSERT INTO moved_away VALUES (3, 3, 'y', 'z')");
    cheap(
        "altered_away",
        "ALTER TABLE %s ADD COLUMN x INT DEFAULT 3, RENAME TO altered_there",
        "INSERT INTO altered_there VALUES (3, 3, 'y', 'z', 1)");
    reload(
        "left",
        "RENAME TABLE %s TO elsewhere.left_there, elsewhere.left_there TO %s",
        "INSERT INTO %s VALUES (3, 3, 'y', 'z')");
    reload(
        "away",
        "RENAME TABLE %s TO elsewhere.away",
        "INSERT INTO elsewhere.away VALUES (3, 3, 'y', 'z')",
        "ALTER TABLE elsewhere.away ADD COLUMN w INT DEFAULT 4 FIRST",
        "RENAME TABLE elsewhere.away TO %s",
        "INSERT INTO %s VALUES (9, 4, 4, 'y', 'z')");
    cheap(
        "temporary",
        "CREATE TEMPORARY TABLE temp_x (id INT)",
        "INSERT INTO temp_x VALUES (1)",
        "DROP TEMPORARY TABLE temp_x",
        "INSERT INTO %s VALUES (3, 3, 'y', 'z')");
    cheap(
        "objects",
        "CREATE OR REPLACE VIEW view_x AS SELECT * FROM %s",
        "CREATE TRIGGER trigger_x BEFORE INSERT ON %s FOR EACH ROW SET NEW.a = COALESCE(NEW.a, 0) + 1",
        "CREATE PROCEDURE procedure_x() BEGIN INSERT INTO %s (id) VALUES (77); END",
        "CREATE FUNCTION function_x(x INT) RETURNS INT DETERMINISTIC RETURN x + 1",
        "CREATE EVENT event_x ON SCHEDULE EVERY 1 DAY DO DELETE FROM %s",
        "ALTER EVENT event_x DISABLE",
        "CALL procedure_x()",
        "CREATE USER 'somebody'@'%%' IDENTIFIED BY 'pass''word; DROP TABLE %s'",
        "GRANT SELECT ON *.* TO 'somebody'@'%%'",
        "ALTER USER 'somebody'@'%%' ACCOUNT LOCK",
        "RENAME USER 'somebody'@'%%' TO 'nobody'@'%%'",
        "DROP USER 'nobody'@'%%'",
        "ALTER VIEW view_x AS SELECT id FROM %s",
        "DROP VIEW view_x",
        "DROP EVENT event_x",
        "DROP PROCEDURE procedure_x",
        "DROP FUNCTION function_x",
        "INSERT INTO %s VALUES (3, NULL, 'y', 'z')",
        "DROP TRIGGER trigger_x",
        "/* a comment */ ALTER /*!40000 TABLE */ %s COMMENT = 'drop table %s'",
        "FLUSH TABLES",
        "SET @x = 1",
        "LOCK TABLES %s WRITE",
        "UNLOCK TABLES",
        "ANALYZE TABLE %s");
  }

  private static void swaps() {
    reload(
        "ghost",
        "CREATE TABLE _ghost_gho LIKE %s",
        "ALTER TABLE _ghost_gho ADD COLUMN extra INT NOT NULL DEFAULT 5, MODIFY a BIGINT",
        "INSERT IGNORE INTO _ghost_gho (id, a, b, c) SELECT * FROM %s",
        "INSERT INTO %s VALUES (3, 3, 'y', 'z')",
        "REPLACE INTO _ghost_gho (id, a, b, c) VALUES (3, 3, 'y', 'z')",
        "CREATE TABLE _ghost_del (id INT PRIMARY KEY) COMMENT='ghost-cut-over-sentry'",
        "DROP TABLE _ghost_del",
        "RENAME TABLE %s TO _ghost_del, _ghost_gho TO %s",
        "INSERT INTO %s VALUES (4, 4, 'y', 'z', 6)",
        "DROP TABLE _ghost_del",
        "UPDATE %s SET a = 9 WHERE id = 1");
    reload(
        "percona",
        "CREATE TABLE _percona_new LIKE %s",
        "ALTER TABLE _percona_new DROP COLUMN b, ADD COLUMN extra VARCHAR(9) DEFAULT 'new'",
        "CREATE TRIGGER pt_osc_del AFTER DELETE ON %s FOR EACH ROW DELETE IGNORE FROM _percona_new WHERE _percona_new.id <=> OLD.id",
        "CREATE TRIGGER pt_osc_upd AFTER UPDATE ON %s FOR EACH ROW REPLACE INTO _percona_new (id, a, c) VALUES (NEW.id, NEW.a, NEW.c)",
        "CREATE TRIGGER pt_osc_ins AFTER INSERT ON %s FOR EACH ROW REPLACE INTO _percona_new (id, a, c) VALUES (NEW.id, NEW.a, NEW.c)",
        "INSERT INTO %s VALUES (3, 3, 'y', 'z')",
        "INSERT LOW_PRIORITY IGNORE INTO _percona_new (id, a, c) SELECT id, a, c FROM %s LOCK IN SHARE MODE",
        "UPDATE %s SET a = 7 WHERE id = 1",
        "DELETE FROM %s WHERE id = 2",
        "ANALYZE TABLE _percona_new",
        "RENAME TABLE %s TO _percona_old, _percona_new TO %s",
        "DROP TABLE IF EXISTS _percona_old",
        "DROP TRIGGER IF EXISTS pt_osc_del",
        "INSERT INTO %s VALUES (5, 5, 'z', 'own')");
  }

  private static void cheap(String table, String... after) {
    cheap(table, List.of(PLAIN, ROWS), after);
  }

  private static void cheap(String table, List<String> before, String... after) {
    ALL.add(new StructureCase("x_" + table, false, of(table, before), of(table, List.of(after))));
  }

  private static void reload(String table, String... after) {
    reload(table, List.of(PLAIN, ROWS), after);
  }

  private static void reload(String table, List<String> before, String... after) {
    ALL.add(new StructureCase("x_" + table, true, of(table, before), of(table, List.of(after))));
  }

  private static List<String> of(String table, List<String> statements) {
    return statements.stream().map(s -> s.replace("%s", "x_" + table).replace("%%", "%")).toList();
  }
}
