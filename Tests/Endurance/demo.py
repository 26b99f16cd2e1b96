"""One demo of actor-trainer in a folder of its own: its simulator, its starts and kills, and what its files say."""

import fcntl
import json
import os
import pty
import signal
import struct
import subprocess
import termios
import threading
import time
import urllib.request
from pathlib import Path


class Demo:
    def __init__(self, program, folder, scale):
        self.program, self.folder, self.scale = str(program), Path(folder), scale
        self.home = self.folder / "demo"
        self.simulator = self.run = None
        self.address = None
        self.environment = {
            "HOME": str(self.folder), "XDG_STATE_HOME": str(self.folder), "XDG_CONFIG_HOME": str(self.folder),
            "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm-256color",
        }

    def start_simulator(self, seed, faults):
        """It outlives every kill: it is ours, and the program finds it by its folder."""
        order = [self.program, "simulate", "--directory", str(self.home / "simulator"), "--seed", str(seed),
                 "--time-scale", str(self.scale)] + (["--fault", *faults] if faults else [])
        self.home.mkdir(parents=True, exist_ok=True)
        self.home.chmod(0o700)
        self.simulator = subprocess.Popen(
            order, env=self.environment, stdin=subprocess.DEVNULL, stdout=(self.folder / "simulator.log").open("w"),
            stderr=subprocess.STDOUT, start_new_session=True)
        for _ in range(500):
            try:
                port = json.loads((self.home / "simulator/simulator.json").read_text())["port"]
                self.address = f"http://127.0.0.1:{port}"
                self.ask("/simulator")
                return
            except (OSError, ValueError, KeyError):
                time.sleep(0.02)
        raise SystemExit("the simulator did not start: " + (self.folder / "simulator.log").read_text())

    def ask(self, path, body=None):
        """A call of the simulator's control API."""
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self.address + path, data=data), timeout=10) as answer:
            return json.load(answer)

    def accepted(self):
        return self.ask("/simulator/accepted")["accepted"]

    def arguments(self, command, more=()):
        return [self.program, command, "--demo", "--time-scale", str(self.scale), "--state-dir", str(self.folder), *more]

    def verb(self, command, *more):
        """Runs a command to its end. Returns its exit code, its lines, and what it complained of."""
        run = subprocess.run(self.arguments(command, more), env=self.environment, stdin=subprocess.DEVNULL,
                             capture_output=True, text=True, timeout=120)
        return run.returncode, run.stdout.splitlines(), run.stderr.strip()

    def lines(self, command, *more):
        code, lines, complaint = self.verb(command, *more, "--json")
        if code != 0:
            raise SystemExit(f"{command} ended with {code}: {complaint}")
        return [json.loads(line) for line in lines]

    def start(self, kind, more=()):
        self.run = Run(self, kind, self.arguments(kind, more))
        return self.run

    def log_size(self):
        try:
            return (self.home / "actor-trainer.log").stat().st_size
        except OSError:
            return 0

    def log_after(self, offset):
        try:
            with (self.home / "actor-trainer.log").open("rb") as file:
                file.seek(offset)
                return file.read().decode(errors="replace")
        except OSError:
            return ""

    def versions(self, actor):
        path = self.home / "project/data/actors" / actor / "training_versions.json"
        return json.loads(path.read_text())["versions"] if path.exists() else []

    def models(self, number):
        path = self.home / "project/data/actor_manifests" / f"{number:04d}_manifest.json"
        return [model["filename"] for model in json.loads(path.read_text()).get("custom_lora_models", [])]

    def stored(self):
        return sorted(path.name for path in (self.home / "simulator/models").rglob("*.safetensors"))

    def end(self):
        if self.run and not self.run.is_over():
            self.run.kill()
        if self.simulator:
            self.simulator.terminate()
            self.simulator.wait()


class Run:
    """The program while it runs; the dashboard in a terminal of its own."""

    def __init__(self, demo, kind, order):
        self.demo, self.kind, self.terminal = demo, kind, None
        if kind != "dashboard":
            self.process = subprocess.Popen(
                order, env=demo.environment, stdin=subprocess.DEVNULL, stdout=(demo.folder / "output.log").open("a"),
                stderr=subprocess.STDOUT)
            return
        self.terminal, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.process = subprocess.Popen(
            order, env=demo.environment, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)
        threading.Thread(target=self.drain, daemon=True).start()

    def drain(self):
        try:
            while os.read(self.terminal, 65536):
                pass
        except OSError:
            pass

    def type(self, text):
        os.write(self.terminal, text.encode())

    def is_over(self):
        return self.process.poll() is not None

    def owner(self):
        """The process that has the state folder: with the dashboard the child of the one that was started."""
        try:
            return int((self.demo.home / "lock").read_text().split("\n")[0])
        except (OSError, ValueError):
            return self.process.pid

    def kill(self, parent=False):
        """SIGKILL, and the end of every process of this start."""
        # Looked at before the kill: the number of a process that is gone may be somebody else's.
        owner = self.owner() if self.kind == "dashboard" else self.process.pid
        if owner != self.process.pid and parent_of(owner) != self.process.pid:
            owner = self.process.pid
        os.kill(self.process.pid if parent else owner, signal.SIGKILL)
        self.process.wait(timeout=20)
        deadline = time.monotonic() + 20
        while owner != self.process.pid and parent_of(owner) is not None:
            if time.monotonic() > deadline:
                raise SystemExit(f"process {owner} outlived the kill of its parent {self.process.pid}")
            time.sleep(0.002)
        if self.terminal:
            os.close(self.terminal)
            self.terminal = None


def parent_of(process):
    """None where there is no such process any more."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        return None if fields[0] == "Z" else int(fields[1])
    except OSError:
        return None
