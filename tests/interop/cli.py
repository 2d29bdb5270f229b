"""The official CLI against a simulator: cli.py ENDPOINT ARGUMENTS..."""

import sys

import guard

endpoint, *arguments = sys.argv[1:]
guard.watch(endpoint)

import compshare_cli.config  # noqa: E402  (under the guard's eyes)

compshare_cli.config.DEFAULT_BASE_URL = endpoint

from compshare_cli.cli import main  # noqa: E402

main(arguments)
