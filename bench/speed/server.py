"""Servers under measurement."""

import os
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path


class Server:
    """A server with an environment of its own, for as long as it is in use; on one core of the machine, if one is named."""

    def __init__(self, port, command, core=None, **environment):
        self.url, self.environment = f"http://127.0.0.1:{port}/graphql", environment
        self.command = (["taskset", "-c", core] if core else []) + [*map(str, command)]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, env={"PATH": os.environ["PATH"]} | self.environment)
        while True:
            try:
                urllib.request.urlopen(self.url, timeout=5)
            except urllib.error.HTTPError:
                return self
            except OSError:
                if self.process.poll() is not None:
                    raise RuntimeError(f"{self.command} has ended") from None
                time.sleep(0.1)

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def memory(self):
        """The most that it ever had in memory, in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
