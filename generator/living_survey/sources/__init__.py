"""Other people's files as records of this survey: one module per format, each a pure function of a file's text."""
