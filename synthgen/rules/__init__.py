"""The larger parts of a topic spec, a file each."""
