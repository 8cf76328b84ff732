package io.sluice.cdc.examples.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that was built. */
final class Version implements IVersionProvider {
  private static final String RESOURCE = "/io/sluice/cdc/examples/version.properties";

  @Override
  public String[] getVersion() {
    return new String[] {"Sluice " + text(), "Java " + Runtime.version()};
  }

  static String text() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The version cannot be read", e);
    }
    return properties.getProperty("version", "of unknown version");
  }
}
