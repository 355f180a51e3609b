"""What lists are worth: metrics per person, their uncertainty, and the experiment around them."""
