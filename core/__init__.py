"""Touchstone without a browser: data, recommenders, numbers. No Streamlit in here."""

VERSION = "0.1.0"
