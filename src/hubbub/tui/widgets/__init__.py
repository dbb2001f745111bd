"""What the screens are made of, one widget a file: messages go up, attributes go down."""
