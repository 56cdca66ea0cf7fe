"""Agreement, recognition and intervals: pure figures, checked in the tests against the libraries of the field."""
