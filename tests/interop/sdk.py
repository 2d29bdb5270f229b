"""Calls of the official SDK against a simulator: sdk.py ENDPOINT.

Reads one JSON object a line, {"how", "action", "parameters"}, and answers each with one, {"outcome", "missing", "message"}.
"""

import json
import logging
import os
import re
import sys

import guard

guard.watch(sys.argv[1])

from ucloud.client import Client  # noqa: E402  (under the guard's eyes)
from ucloud.core import auth, exc  # noqa: E402
from ucloud.core.transport import Request  # noqa: E402
from ucloud.core.typesystem import encoder  # noqa: E402


class Absent(Exception):
    """The typed client has no such action."""


def typed(service, action):
    """The typed method of an action; only its documentation has the action's name."""
    for name in dir(type(service)):
        method = getattr(service, name)
        if (getattr(method, "__doc__", None) or "").startswith(f"{action} - "):
            return method
    raise Absent


def send_json(service, action, parameters):
    """Signs with the SDK's function, and sends a JSON body: lists are signed as their items in a row.

    That is how the official CLI calls the one action that it sends as JSON; the SDK itself has no such call.
    """
    credential = service.credential
    body = {**parameters, "Action": action, "PublicKey": credential.public_key}
    signed = {
        name: "".join(map(encoder.encode_value, value)) if isinstance(value, list) else value
        for name, value in body.items()
    }
    body["Signature"] = auth._cfg.verify_ac(credential.private_key, signed)
    headers = service._build_http_request({}).headers
    headers["Content-Type"] = "application/json"
    request = Request(url=service.config.base_url, method="post", json=body, headers=headers)
    answer = service.transport.send(request, timeout=service.config.timeout, max_retries=0).json()
    if answer["RetCode"] != 0:
        raise exc.RetCodeException(action=action, code=answer["RetCode"], message=answer["Message"])


def call(service, how, action, parameters):
    if how == "invoke":
        service.invoke(action, dict(parameters))
    elif how == "typed":
        typed(service, action)(dict(parameters))
    else:
        send_json(service, action, parameters)


def answer(service, line):
    try:
        call(service, **json.loads(line))
        return {"outcome": "done"}
    except Absent:
        return {"outcome": "absent"}
    except exc.ValidationException as error:
        missing = re.findall(r"the field (\w+) is required", str(error))
        return {"outcome": "refused to send" if missing else "failed", "missing": missing, "message": str(error)}
    except exc.RetCodeException as error:
        return {"outcome": "refused", "message": str(error)}
    except Exception as error:
        return {"outcome": "failed", "message": repr(error)}


def main():
    silent = logging.getLogger("interop")
    silent.addHandler(logging.NullHandler())
    silent.propagate = False
    keys = {"public_key": os.environ["COMPSHARE_PUBLIC_KEY"], "private_key": os.environ["COMPSHARE_PRIVATE_KEY"]}
    service = Client({**keys, "base_url": sys.argv[1]}, logger=silent).ucompshare()
    for line in sys.stdin:
        print(json.dumps(answer(service, line)), flush=True)


main()
