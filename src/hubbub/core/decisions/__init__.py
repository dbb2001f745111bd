"""What comes of each command: one module per thing people do, pure functions of the scene and the command."""
