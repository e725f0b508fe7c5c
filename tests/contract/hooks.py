"""Signs in as one of the demo's personas, and again whenever a test ended the session."""

import os

import requests
import schemathesis

PERSONA = os.environ["CONTRACT_PERSONA"]
BASE = os.environ["CONTRACT_BASE"]


def sign_in():
    answer = requests.post(f"{BASE}/api/demo/sign-in", json={"persona": PERSONA}, timeout=10)
    answer.raise_for_status()
    return answer.cookies["machiaruki"]


if PERSONA != "nobody":

    @schemathesis.auth(refresh_interval=None)
    class Session:
        def get(self, case, context):
            return sign_in()

        def set(self, case, data, context):
            case.headers = case.headers or {}
            case.headers["Cookie"] = f"machiaruki={data}"
