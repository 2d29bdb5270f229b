"""Commands of the official CLI against a simulator: cli.py ENDPOINT.

Reads one JSON list of arguments a line, and answers each with one object, {"code", "text"}.
"""

import contextlib
import io
import json
import signal
import sys
import traceback

import guard

endpoint = sys.argv[1]
guard.watch(endpoint)

import compshare_cli.config  # noqa: E402  (under the guard's eyes)

compshare_cli.config.DEFAULT_BASE_URL = endpoint

from compshare_cli.cli import main  # noqa: E402


# Seconds that a command may take: some of them wait for what may never come.
LIMIT = 20


def stop(*_):
    raise TimeoutError("the command does not end")


def run(arguments):
    """Runs one command as a process of its own would; the code that it ends with, and what it prints."""
    code, text = 0, io.StringIO()
    signal.alarm(LIMIT)
    with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
        try:
            main(arguments)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except Exception:
            traceback.print_exc()
            code = 1
        finally:
            signal.alarm(0)
    return {"code": code, "text": text.getvalue()}


signal.signal(signal.SIGALRM, stop)
commands, answers = sys.stdin, sys.stdout
# A command that asks back gets no answer.
sys.stdin = io.StringIO()
for line in commands:
    print(json.dumps(run(json.loads(line))), file=answers, flush=True)
