"""HTTP: whoever comes with a browser reads how to join, and how an invitation is used."""
