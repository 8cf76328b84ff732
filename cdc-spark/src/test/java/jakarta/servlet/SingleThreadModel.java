package jakarta.servlet;

/**
 * Servlet 6, which the S3 server of the tests needs, has it no more, and Spark 4.0 asks whether a
 * servlet is one. Both share one class path here, nowhere else.
 */
public interface SingleThreadModel {}
