"""`python -m core …`: the same job without a browser."""

from core.cli import main

if __name__ == "__main__":
    main()
