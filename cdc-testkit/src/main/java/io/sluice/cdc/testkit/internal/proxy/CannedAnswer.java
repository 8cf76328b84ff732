package io.sluice.cdc.testkit.internal.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** An answer with an S3 error document that no S3 gave. */
record CannedAnswer(int status, String code) {
  private static final String DOCUMENT =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Error><Code>%s</Code><Message>A fault proxy was told to answer this</Message><RequestId>FAULT</RequestId></Error>
      """;

  void write(OutputStream output, boolean withBody) throws IOException {
    byte[] body = DOCUMENT.formatted(code).getBytes(UTF_8);
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    List<String> headers =
        List.of(
            "Content-Type: application/xml",
            "Content-Length: " + body.length,
            "Date: " + date,
            "x-amz-request-id: FAULT");
    new Head("HTTP/1.1 " + status + " " + code, headers).write(output);
    if (withBody) {
      output.write(body);
    }
    output.flush();
  }
}
