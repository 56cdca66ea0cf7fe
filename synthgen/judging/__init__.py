"""What a judge says of a text, and what of it can be believed."""
