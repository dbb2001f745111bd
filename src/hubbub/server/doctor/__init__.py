"""The doctor: looks at what a server stands on, and says what is wrong and how to mend it. It changes nothing."""
