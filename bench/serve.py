"""Serve the portal as ``congdoan serve`` does, without the background worker: ``python -m bench.serve PORT WORKERS``."""

from __future__ import annotations

import sys

from granian.server import Server

from congdoan.config.serving import granian_options


def main() -> None:
    port, workers = (int(argument) for argument in sys.argv[1:])
    Server(**granian_options(host="127.0.0.1", port=port, workers=workers)).serve()


if __name__ == "__main__":
    main()
