"""Questions, and how fast they are answered."""

import json
import os
import re
import subprocess
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
CONNECTIONS = 32
VARIABLES = {"post": {"slug": "post-7777"}, "home": {"kind": "EMAIL"}}
SENDING = """
wrk.method, wrk.body = os.getenv("METHOD"), os.getenv("BODY")
wrk.headers["Content-Type"], wrk.headers["Accept"] = "application/json", "application/json"
wrk.headers["If-None-Match"] = os.getenv("ETAG")
"""


def questions(file):
    """The operations of a file as requests, by name."""
    document = (HERE / "queries" / file).read_text()
    parts = re.split(r"(?m)^(?=query )", document)[1:]
    names = [re.match(r"query (\w+)", part)[1] for part in parts]
    return {
        name: json.dumps({"operationName": name, "query": " ".join(part.split()), "variables": VARIABLES.get(name, {})})
        for name, part in zip(names, parts)
    }


def ask(url, body):
    """The bytes of an answer."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    request = urllib.request.Request(url, body.encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


def told(value, key=""):
    """Every value of an answer, but for what each server says in its own way: ids and instants."""
    if isinstance(value, dict):
        return [each for key, value in value.items() for each in told(value, key)]
    if isinstance(value, list):
        return [each for value in value for each in told(value, key)]
    return [] if key in ("id", "publishedAt") else [f"{value}"]


def rows(url, body):
    """What an answer says, in no order of keys."""
    answer = json.loads(ask(url, body))
    if "errors" in answer:
        raise RuntimeError(f"{url}: {answer['errors']}")
    return sorted(told(answer["data"]))


def as_get(url, body):
    """A request as the address of a GET, and the tag of its answer."""
    parameters = json.loads(body)
    parameters["variables"] = json.dumps(parameters["variables"])
    address = f"{url}?{urllib.parse.urlencode(parameters)}"
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept": "application/json"})) as answer:
        return address, answer.headers["ETag"]


def rate(url, body, seconds, core, method="POST", tag=None):
    """Answers in a second, to so many connections at once."""
    environment = os.environ | {"METHOD": method, "BODY": body or ""} | ({"ETAG": tag} if tag else {})
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SENDING)
        script.flush()
        command = ["taskset", "-c", core, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", script.name, url]
        said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
