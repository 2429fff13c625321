"""The web page and the REST API: thin over the same verbs as the command line."""
