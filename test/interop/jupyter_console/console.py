"""jupyter-console in a terminal of ours: what a person types, and what stands on the screen, without its colours."""

import os
import re
import sys
import time

import pexpect

ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07|[()][A-Z0-9]|[=>])|[\x00\x07\r]")

START_TIMEOUT_S = 30
TIMEOUT_S = 15


class Console:
    def __init__(self, kernel, *arguments):
        environment = os.environ | {"TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}
        command = ["-m", "jupyter_console", "--kernel", kernel, *arguments]
        self.process = pexpect.spawn(sys.executable, command, env=environment, encoding="utf-8", dimensions=(50, 160))
        self.raw = ""
        self.seen = 0
        # Number of the cell that is typed next.
        self.count = 1
        self.wait_for(r"In \[1\]: ", START_TIMEOUT_S)
        self.wait_until_subscribed()

    def wait_until_subscribed(self):
        """jupyter-console does not wait for its subscription: what the first cells publish may pass it by."""
        for _ in range(20):
            self.type("1\r")
            shown = self.wait_for(r"Out\[(\d+)\]: 1|In \[\d+\]: (?!1)", START_TIMEOUT_S)
            if shown.group(1):
                self.count = int(shown.group(1)) + 1
                self.wait_for(rf"In \[{self.count}\]: ")
                return
        raise AssertionError("nothing that the kernel publishes arrives")

    def type(self, text):
        self.process.send(text)

    def run(self, code, expected):
        """Types one line and Enter, waits for `expected` and for the next prompt. Returns the match of `expected`."""
        self.type(code + "\r")
        match = self.wait_for(expected)
        self.wait_for(r"In \[\d+\]: ")
        return match

    def wait_for(self, pattern, timeout=TIMEOUT_S):
        """Waits until `pattern` stands on the screen, after what was waited for before."""
        end = time.monotonic() + timeout
        while True:
            screen = self.screen
            match = re.compile(pattern).search(screen, self.seen)
            if match:
                self.seen = match.end()
                return match
            if time.monotonic() > end:
                raise AssertionError(f"{pattern!r} did not appear in {timeout} s. On the screen:\n{screen[self.seen:]}")
            self.read(0.1)

    def wait_until_quiet(self, quiet):
        """Waits until nothing new has come for `quiet` seconds, at most TIMEOUT_S."""
        end = time.monotonic() + TIMEOUT_S
        while self.read(quiet) and time.monotonic() < end:
            pass

    @property
    def screen(self):
        """All that was written so far, without colours and cursor movements."""
        return ESCAPE.sub("", self.raw)

    def read(self, timeout):
        """True if something came."""
        try:
            self.raw += self.process.read_nonblocking(65536, timeout=timeout)
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF as error:
            raise AssertionError(f"jupyter-console ended. On the screen:\n{self.screen}") from error
        return True

    def close(self):
        """Leaves by Ctrl-D, as a person does, and asserts that the console ends."""
        self.type("\x04")
        time.sleep(0.3)
        self.type("y\r")
        try:
            self.process.expect(pexpect.EOF, timeout=TIMEOUT_S)
        finally:
            self.process.close(force=True)
