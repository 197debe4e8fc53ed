"""The harness: designs, runs, stores and compares simulations; imports sim, never the reverse."""
