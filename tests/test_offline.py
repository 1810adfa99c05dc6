"""The program with the cable pulled: a network namespace of its own, in which only loopback exists."""

import json
import shutil
import subprocess
import sys

import pytest

QUESTION = "仁川·威海馆是哪年建成的？"
# Starts the server, asks it over loopback, and ends it; run inside the namespace.
SCRIPT = f"""
import json, socket, subprocess, sys, time, urllib.request
try:
    socket.create_connection(("192.0.2.1", 80), timeout=2)
    sys.exit("there is a network")
except OSError:
    pass
command = [sys.executable, "-m", "qa_assistant", "serve", "--port", "0", "--index", sys.argv[1]]
server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
address = server.stdout.readline().split()[1]
body = json.dumps({{"question": {QUESTION!r}}}).encode()
request = urllib.request.Request(address + "api/v1/ask", body, {{"content-type": "application/json"}})
answer = json.load(urllib.request.urlopen(request, timeout=60))
page = urllib.request.urlopen(address, timeout=60).read().decode()
server.terminate()
server.wait(20)
print(json.dumps([answer, len(page)]))
"""


def can_unshare():
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        return False
    return subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode == 0


@pytest.mark.skipif(
    not can_unshare(),
    reason="left out: the server without a network; it needs Linux, `ip` and the right to `unshare -n` (run as root)",
)
def test_the_server_answers_without_a_network(seeds_index):
    inside = f'ip link set lo up && exec {sys.executable} -c "$0" "$1"'
    ran = subprocess.run(
        ["unshare", "-n", "sh", "-c", inside, SCRIPT, str(seeds_index)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=200,
    )

    assert ran.returncode == 0, ran.stderr
    answer, page = json.loads(ran.stdout)
    assert "2015年" in answer["citations"][0]["quote"]
    assert page > 1000
