"""Archives: files that are imported, each read as the same kinds of thing."""
