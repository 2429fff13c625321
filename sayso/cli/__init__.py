"""The command line: options to verbs, results to standard output, progress to standard error."""
