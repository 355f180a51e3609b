"""From files to a clean Dataset, and from there to training and test parts."""
