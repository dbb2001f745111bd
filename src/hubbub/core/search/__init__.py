"""Search: what a question for messages means, and which texts it fits. Every store agrees with what stands here."""
