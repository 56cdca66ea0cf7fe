"""Loaded by every Python that a test starts, since the folder is first on its path."""

import guard

guard.install()
