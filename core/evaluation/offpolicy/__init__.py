"""Off-policy evaluation: what lists that were never shown would have got, from a log of what was."""
