package io.sluice.cdc.config;

import io.sluice.cdc.event.ZeroDates;

/**
 * Choices in the mapping of types.
 *
 * @param zeroDates what becomes of zero and invalid dates
 */
public record TypesConfig(ZeroDates zeroDates) {
  /** Zero dates become NULL. */
  public static final TypesConfig DEFAULT = new TypesConfig(ZeroDates.NULL);
}
