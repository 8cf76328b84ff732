package io.sluice.cdc.examples;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Everything that is logged, down to the finest level, by whatever library. */
final class Transcript extends AppenderBase<ILoggingEvent> {
  final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private Level before = Level.WARN;

  static Transcript begin() {
    Transcript transcript = new Transcript();
    transcript.setContext(transcript.root.getLoggerContext());
    transcript.start();
    transcript.before = transcript.root.getLevel();
    transcript
        .root
        .iteratorForAppenders()
        .forEachRemaining(
            a -> {
              ThresholdFilter quiet = new ThresholdFilter();
              quiet.setLevel("WARN");
              quiet.start();
              a.addFilter(quiet);
            });
    transcript.root.addAppender(transcript);
    transcript.root.setLevel(Level.TRACE);
    return transcript;
  }

  void end() {
    root.setLevel(before);
    root.detachAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    String trace =
        event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy());
    lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + trace);
  }
}
