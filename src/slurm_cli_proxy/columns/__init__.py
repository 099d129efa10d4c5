"""What the listing commands can print: one registry of columns per record type."""
