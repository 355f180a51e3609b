"""Compare / Overview: who serves these people best, and how sure is that."""

from pages.parts import data, states

found = data.dataset()
comparison = data.comparison(found)
states.text_line(f"{len(comparison.entries)} recommenders")
