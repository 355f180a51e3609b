"""Touchstone without a browser: data, recommenders, numbers. No Streamlit in here."""
