"""Files over HTTP: sending them at once or with interruptions, and downloading them."""
