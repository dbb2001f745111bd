"""The terminal client: several servers at once, what was heard kept on disk, drawn by Textual or as plain lines."""
