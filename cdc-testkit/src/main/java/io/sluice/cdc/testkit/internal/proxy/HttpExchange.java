package io.sluice.cdc.testkit.internal.proxy;

import io.sluice.cdc.testkit.fault.Fault;
import io.sluice.cdc.testkit.fault.S3Request;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * The requests of one client connection, one after the other, each over a fresh connection to the
 * server behind.
 */
final class HttpExchange {
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Upstream upstream;
  private final Function<S3Request, List<Fault>> rules;
  private final InputStream input;
  private final OutputStream output;

  HttpExchange(Socket client, Upstream upstream, Function<S3Request, List<Fault>> rules)
      throws IOException {
    this.upstream = upstream;
    this.rules = rules;
    this.input = new BufferedInputStream(client.getInputStream());
    this.output = new BufferedOutputStream(client.getOutputStream());
  }

  /** Serves until the client or a fault ends the connection. */
  void run() throws IOException {
    var head = Head.read(input);
    while (head.isPresent() && serve(head.get())) {
      head = Head.read(input);
    }
  }

  /** Returns whether the connection can take another request. */
  private boolean serve(Head request) throws IOException {
    boolean copies = request.value("x-amz-copy-source").isPresent();
    Plan plan = Plan.of(rules.apply(S3Request.of(request.word(0), request.word(1), copies)));
    if (request.has("Expect", "100-continue")) {
      output.write(CONTINUE);
      output.flush();
    }
    InputStream body = Bodies.ofRequest(request, input);
    Paced.sleep(plan.delay());
    if (plan.dropsRequest()) {
      Bodies.drain(body);
      return false;
    }
    if (plan.answer().isPresent()) {
      Bodies.drain(body);
      plan.answer().get().write(output, !request.word(0).equals("HEAD"));
      return true;
    }
    return pass(request, body, plan) && !request.has("Connection", "close");
  }

  private boolean pass(Head request, InputStream body, Plan plan) throws IOException {
    if (plan.ignoresCondition() && request.value("If-None-Match").isPresent()) {
      new SignedDelete(upstream).run(request.word(1).replaceFirst("\\?.*", ""));
    }
    URI endpoint = upstream.endpoint();
    try (Socket server = new Socket(endpoint.getHost(), endpoint.getPort())) {
      send(request, body, server, plan);
      InputStream answer = new BufferedInputStream(server.getInputStream());
      Head head =
          Head.read(answer)
              .orElseThrow(() -> new EOFException("The server closed without an answer"));
      return answer(head, Bodies.ofAnswer(head, request.word(0), answer), request.word(0), plan);
    }
  }

  private static void send(Head request, InputStream body, Socket server, Plan plan)
      throws IOException {
    OutputStream sink = new BufferedOutputStream(server.getOutputStream());
    try {
      request.without("Expect").with("Connection", "close").write(sink);
      Bodies.copy(body, new Paced(sink, plan::bytesPerSecond), Bodies.isChunked(request));
    } catch (SocketException e) {
      Bodies.drain(body); // the server answers early, with an error, and reads no more
    }
  }

  private boolean answer(Head head, InputStream body, String method, Plan plan) throws IOException {
    if (plan.losesAnswer()) {
      Bodies.drain(body);
      return false;
    }
    Head shown = head.without("Connection");
    InputStream content = new Spoiled(body, plan.flipAt(), plan.endAt());
    if (plan.truncates()) {
      byte[] all = content.readAllBytes();
      shown =
          shown.without("Transfer-Encoding").with("Content-Length", Integer.toString(all.length));
      content = new ByteArrayInputStream(all);
    }
    boolean framed = method.equals("HEAD") || isFramed(shown);
    (framed ? shown : shown.with("Connection", "close")).write(output);
    Bodies.copy(
        content, new Paced(output, plan::bytesPerSecond), Bodies.isChunked(shown) && !plan.cuts());
    return framed && !plan.cuts();
  }

  private static boolean isFramed(Head head) {
    String status = head.word(1);
    return head.value("Content-Length").isPresent()
        || Bodies.isChunked(head)
        || status.equals("204")
        || status.equals("304");
  }
}
