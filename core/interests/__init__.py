"""What people want: topics of what they read or took, maps of people and items, and segments."""
