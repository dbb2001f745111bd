"""What the server is measured with: `python -m bench`; see docs/topics/measuring.md."""
