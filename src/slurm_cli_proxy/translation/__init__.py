"""Between two machines' names for the same things: paths and users. Only where a profile maps any is this loaded."""
