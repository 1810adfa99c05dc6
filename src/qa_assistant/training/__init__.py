"""Training of what the package ships: run by hand, never imported by the assistant."""
