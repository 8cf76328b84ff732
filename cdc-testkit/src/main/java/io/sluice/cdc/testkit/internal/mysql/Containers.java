package io.sluice.cdc.testkit.internal.mysql;

/** Keeps Testcontainers, which is optional, out of the way of those who do not use it. */
final class Containers {
  private Containers() {}

  static MySqlServer mySql(String image, MySqlSettings settings) {
    try {
      return ContainerMySql.open(image, settings);
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "cdc.test.mysql.image is set to "
              + image
              + ", which needs org.testcontainers:testcontainers on the class path",
          e);
    }
  }
}
