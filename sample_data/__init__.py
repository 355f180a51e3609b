"""Sample data sets with known truth, made by a seeded simulator."""
