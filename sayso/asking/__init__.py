"""Question to dossier: a view over the desk's statements, computed anew each time."""
