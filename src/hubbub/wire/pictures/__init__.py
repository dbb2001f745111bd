"""Pictures: their files as the parts that they are made of, so that what tells of people can be left out of them."""
