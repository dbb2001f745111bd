"""The API: everything a program does over HTTP, in the words of the native protocol."""
