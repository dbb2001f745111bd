"""What fills the terminal or stands in front of it, one screen a file."""
