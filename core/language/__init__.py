"""The language model: embedded, or at any OpenAI-compatible address; asked, checked, kept and counted."""
