"""What people do here: one module per thing, each with what may be asked, what may happen, and the rules between."""
