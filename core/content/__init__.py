"""What items say and show: encoders, neighbours, keywords, sentiment."""
