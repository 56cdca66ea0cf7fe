"""Taken: being written by the first helper for the core tests (who also wrote tests/engine and mended store/)."""
