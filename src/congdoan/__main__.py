"""``python -m congdoan``: the command line."""

from congdoan.config.cli import main

if __name__ == "__main__":
    main()
