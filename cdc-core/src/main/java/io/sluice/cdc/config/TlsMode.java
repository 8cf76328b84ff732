package io.sluice.cdc.config;

/** How connections to MySQL are encrypted. */
public enum TlsMode {
  /** Never encrypted. */
  DISABLED,
  /** Encrypted where the server can, plain where it cannot. */
  PREFERRED,
  /** Encrypted or not at all; the certificate is not checked. */
  REQUIRED,
  /** Encrypted, and the certificate must come from a trusted authority. */
  VERIFY_CA,
  /** As {@link #VERIFY_CA}, and the certificate must name the host. */
  VERIFY_IDENTITY
}
