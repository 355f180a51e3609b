"""What the tests in a real browser import; tests/servers.py has it, for others drive a browser too."""

from tests.servers import ROOT, Visit, lead, ready, served

__all__ = ["ROOT", "Visit", "lead", "ready", "served"]
