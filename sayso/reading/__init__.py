"""Document to Reading: who says what in a text. Pure, so that it runs anywhere and in parallel."""
