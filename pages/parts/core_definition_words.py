"""Sentences of core on how other tools define a metric."""

from core.evaluation.definitions import DEFINITIONS

DEFINITION_SENTENCES = tuple(one.difference for one in DEFINITIONS)
