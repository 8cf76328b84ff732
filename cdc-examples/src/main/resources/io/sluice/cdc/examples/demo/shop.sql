-- A small shop, made inside MySQL. Statements end with a semicolon at the end of a line.
CREATE DATABASE setup;
CREATE TABLE setup.n (i INT PRIMARY KEY);
INSERT INTO setup.n WITH RECURSIVE r (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM r WHERE i < 999) SELECT i FROM r;
INSERT INTO setup.n SELECT i + 1000 FROM setup.n;
INSERT INTO setup.n SELECT i + 2000 FROM setup.n;
INSERT INTO setup.n SELECT i + 4000 FROM setup.n;
INSERT INTO setup.n SELECT i + 8000 FROM setup.n;
INSERT INTO setup.n SELECT i + 16000 FROM setup.n;
INSERT INTO setup.n SELECT i + 32000 FROM setup.n;
INSERT INTO setup.n SELECT i + 64000 FROM setup.n WHERE i < 36000;
CREATE DATABASE shop CHARACTER SET utf8mb4;
CREATE TABLE shop.customers (
  id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(120) NOT NULL,
  name VARCHAR(80) NOT NULL,
  born DATE,
  vip BOOLEAN NOT NULL DEFAULT FALSE,
  balance DECIMAL(12,2) NOT NULL DEFAULT 0,
  preferences JSON,
  created_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at DATETIME(3)
);
CREATE TABLE shop.products (
  sku CHAR(12) PRIMARY KEY,
  title VARCHAR(120) NOT NULL,
  price DECIMAL(10,2) NOT NULL,
  weight FLOAT,
  stock INT NOT NULL,
  category ENUM('book','game','food','tool','toy') NOT NULL,
  tags SET('new','sale','heavy','fragile') NOT NULL,
  photo VARBINARY(64),
  introduced YEAR
);
CREATE TABLE shop.orders (
  id BIGINT AUTO_INCREMENT PRIMARY KEY,
  customer_id BIGINT UNSIGNED NOT NULL,
  status ENUM('new','paid','sent','done','returned') NOT NULL,
  total DECIMAL(12,2) NOT NULL,
  note TEXT,
  ordered_at DATETIME(6) NOT NULL,
  pick_time TIME,
  score DOUBLE,
  KEY (customer_id)
);
CREATE TABLE shop.order_items (
  order_id BIGINT NOT NULL,
  line SMALLINT UNSIGNED NOT NULL,
  sku CHAR(12) NOT NULL,
  quantity SMALLINT NOT NULL,
  price DECIMAL(10,2) NOT NULL,
  PRIMARY KEY (order_id, line)
);
INSERT INTO shop.customers (email, name, born, vip, balance, preferences, created_at, updated_at)
  SELECT CONCAT('customer', i, '@example.org'), CONCAT(ELT(1 + i % 5, 'Ada', 'Béla', 'Chloé', 'Doğan', 'Eiji'), ' ', i),
    IF(i % 7 = 0, NULL, DATE '1950-01-01' + INTERVAL (i % 20000) DAY), i % 11 = 0, (i * 37 % 100000) / 100,
    IF(i % 3 = 0, NULL, JSON_OBJECT('newsletter', i % 2 = 0, 'language', ELT(1 + i % 3, 'de', 'fr', 'en'), 'visits', i % 90)),
    TIMESTAMP '2023-01-01 00:00:00' + INTERVAL i * 977 SECOND, TIMESTAMP '2024-01-01 00:00:00' + INTERVAL i * 433 SECOND
  FROM setup.n WHERE i < 30000;
INSERT INTO shop.products
  SELECT CONCAT('SKU-', LPAD(i, 6, '0')), CONCAT(ELT(1 + i % 5, 'Small ', 'Large ', 'Old ', 'Ultra ', 'Plain '), 'thing no. ', i),
    1 + (i * 53 % 20000) / 100, IF(i % 9 = 0, NULL, 0.1 + i % 50), 1000 + i % 500, 1 + i % 5, i % 16,
    UNHEX(SHA2(i, 256)), 2000 + i % 25
  FROM setup.n WHERE i < 2000;
INSERT INTO shop.orders (id, customer_id, status, total, note, ordered_at, pick_time, score)
  SELECT i + 1, 1 + i * 7919 % 30000, 1 + i % 5, (i * 91 % 50000) / 100,
    IF(i % 4 = 0, CONCAT('Please ring twice, then wait. ', REPEAT('Thank you! ', i % 4)), NULL),
    TIMESTAMP '2024-01-01 00:00:00' + INTERVAL i * 300 SECOND + INTERVAL i * 17 % 1000000 MICROSECOND,
    SEC_TO_TIME(i % 86400), IF(i % 6 = 0, NULL, i / 7)
  FROM setup.n;
INSERT INTO shop.order_items
  SELECT o.id, l.i + 1, CONCAT('SKU-', LPAD((o.id * 31 + l.i * 7) % 2000, 6, '0')), 1 + o.id % 5, 1 + (o.id * 53 % 20000) / 100
  FROM shop.orders o JOIN setup.n l ON l.i < 1 + o.id % 3;
DROP DATABASE setup;
ANALYZE TABLE shop.customers, shop.products, shop.orders, shop.order_items;
