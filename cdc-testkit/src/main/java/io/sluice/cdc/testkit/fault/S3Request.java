package io.sluice.cdc.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a rule looks at: one path-style request.
 *
 * @param method such as {@code PUT}
 * @param operation what it asks for
 * @param bucket the bucket, empty when there is none
 * @param key the object's key, decoded, empty when there is none
 */
public record S3Request(String method, S3Operation operation, String bucket, String key) {

  /** Reads a request target such as {@code /bucket/a%20key?partNumber=1&uploadId=x}. */
  public static S3Request of(String method, String target, boolean copies) {
    int question = target.indexOf('?');
    String path = decode((question < 0 ? target : target.substring(0, question)).substring(1));
    Set<String> parameters = question < 0 ? Set.of() : names(target.substring(question + 1));
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    String key = slash < 0 ? "" : path.substring(slash + 1);
    S3Operation operation =
        key.isEmpty() ? ofBucket(method, parameters) : ofObject(method, parameters, copies);
    return new S3Request(method, operation, bucket, key);
  }

  private static String decode(String path) {
    return URLDecoder.decode(
        path.replace("+", "%2B"), UTF_8); // a plus sign in a path is a plus sign
  }

  private static Set<String> names(String query) {
    return Arrays.stream(query.split("&"))
        .map(pair -> pair.replaceFirst("=.*", ""))
        .collect(Collectors.toSet());
  }

  private static S3Operation ofBucket(String method, Set<String> parameters) {
    if (method.equals("POST") && parameters.contains("delete")) {
      return S3Operation.DELETE_OBJECTS;
    }
    if (!method.equals("GET")) {
      return S3Operation.OTHER;
    }
    return parameters.contains("uploads") ? S3Operation.LIST_MULTIPART : S3Operation.LIST_OBJECTS;
  }

  private static S3Operation ofObject(String method, Set<String> parameters, boolean copies) {
    boolean inUpload = parameters.contains("uploadId");
    switch (method) {
      case "PUT":
        if (inUpload) {
          return copies ? S3Operation.UPLOAD_PART_COPY : S3Operation.UPLOAD_PART;
        }
        return copies ? S3Operation.COPY_OBJECT : S3Operation.PUT_OBJECT;
      case "GET":
        return inUpload ? S3Operation.OTHER : S3Operation.GET_OBJECT;
      case "HEAD":
        return S3Operation.HEAD_OBJECT;
      case "DELETE":
        return inUpload ? S3Operation.ABORT_MULTIPART : S3Operation.DELETE_OBJECT;
      case "POST":
        return inUpload ? S3Operation.COMPLETE_MULTIPART : S3Operation.CREATE_MULTIPART;
      default:
        return S3Operation.OTHER;
    }
  }
}
