"""One file a recommender; the registry scans this folder."""
