package snel.units;

/// The independent dimensions. Voltage and current stand in for mass and amperes, so that what
/// occurs in models has small exponents and prints in the field's words.
enum Base {
  VOLTAGE,
  TIME,
  CURRENT,
  LENGTH,
  TEMPERATURE,
  AMOUNT,
  INFORMATION
}
