"""Pictures on this machine: looked at by Pillow, in a process of their own."""
