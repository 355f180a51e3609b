"""Jobs, artifact store, engines, runs, settings: how anything slow is done."""
