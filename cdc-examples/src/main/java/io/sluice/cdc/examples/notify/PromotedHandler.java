package io.sluice.cdc.examples.notify;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A function for AWS Lambda: takes the event that S3 sends when {@code promoted/<commit>.json} is
 * written, reads that object and reacts to the commit. Its answer names what it did. A failure is
 * thrown, so that the event comes again. Thread-safe.
 */
public final class PromotedHandler implements RequestStreamHandler {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final S3Client s3;
  private final Reaction reaction;

  /**
   * As Lambda starts it: the statements are the answer, for a state machine or a destination to run
   * them.
   */
  public PromotedHandler() {
    this(S3Client.create(), new AddPartitions(statement -> {}));
  }

  /** With a client, which stays the caller's. */
  PromotedHandler(S3Client s3, Reaction reaction) {
    this.s3 = s3;
    this.reaction = reaction;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, @Nullable Context context)
      throws IOException {
    List<Long> commits = new ArrayList<>();
    List<String> done = new ArrayList<>();
    for (S3Events.Named object : S3Events.of(MAPPER.readTree(event))) {
      if (PromotedCommit.isOne(object.key())) {
        PromotedCommit commit = PromotedCommit.read(read(object));
        done.addAll(reaction.react(object.bucket(), commit));
        commits.add(commit.commit());
      }
    }
    MAPPER.writeValue(answer, Map.of("commits", commits, "statements", done));
  }

  private byte[] read(S3Events.Named object) throws IOException {
    try {
      return s3.getObjectAsBytes(r -> r.bucket(object.bucket()).key(object.key())).asByteArray();
    } catch (SdkException e) {
      throw new IOException(
          "Cannot read s3://"
              + object.bucket()
              + "/"
              + object.key()
              + ": allow s3:GetObject on it to the function's role",
          e);
    }
  }
}
