"""One file a command: each composes rooms and prints nothing, so that every surface does the same thing."""
