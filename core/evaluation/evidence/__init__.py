"""Evidence: a comparison as one file that shows its numbers anywhere, offline, and gives them back."""
