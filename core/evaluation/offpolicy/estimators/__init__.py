"""One file for each family of estimators; whatever is declared here is there."""
