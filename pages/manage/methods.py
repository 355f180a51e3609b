"""manage/methods."""

from pages.parts import data, states

found = data.dataset()
states.text_line(found.name)
