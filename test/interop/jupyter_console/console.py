"""jupyter-console in a terminal of ours: what a person types, and what stands on the screen, without its colours."""

import os
import re
import sys
import termios
import time

import pexpect

ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07|[()][A-Z0-9]|[=>])|[\x00\x07\r]")

START_TIMEOUT_S = 30
TIMEOUT_S = 15
# What a kernel publishes comes by a connection of its own: so much later than its reply, at most.
LATE_S = 0.3


class Console:
    def __init__(self, kernel, asks_is_complete=False):
        """Where it asks is_complete, Enter ends a cell; else Alt+Enter does.

        Where it asks, it may show nothing more of a cell, questions included: see `show_late`.
        """
        self.enter = "\r" if asks_is_complete else "\x1b\r"
        arguments = [
            f"--ZMQTerminalInteractiveShell.use_kernel_is_complete={asks_is_complete}",
            f"--ZMQTerminalInteractiveShell.kernel_is_complete_timeout={TIMEOUT_S}",
        ]
        environment = os.environ | {"TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}
        command = ["-m", "jupyter_console", "--kernel", kernel, *arguments]
        self.process = pexpect.spawn(sys.executable, command, env=environment, encoding="utf-8", dimensions=(50, 160))
        self.raw = ""
        self.seen = 0
        # Length of what was on the screen when the last question was answered.
        self.answered = 0
        # Number of the cell that is typed next.
        self.count = 1
        self.wait_for(r"In \[1\]: ", START_TIMEOUT_S)
        self.wait_until_subscribed()

    def wait_until_subscribed(self):
        """jupyter-console does not wait for its subscription: what the first cells publish may pass it by."""
        for _ in range(20):
            cell = self.count
            self.type("1" + self.enter)
            self.wait_for(rf"In \[{cell + 1}\]: ", START_TIMEOUT_S)
            self.count += 1
            time.sleep(LATE_S)
            self.show_late()
            if f"Out[{cell}]: 1" in self.screen:
                return
        raise AssertionError("nothing that the kernel publishes arrives")

    def show_late(self):
        """Enter on a blank line makes it show what came since the last cell ended.

        It takes any idle state for that of its cell, also that of what it asked before. Once one was late, so is that of each
        cell: it ends the next one, before its outputs are shown.
        """
        self.type(" " + self.enter)
        self.wait_until_quiet(LATE_S)

    def type(self, text):
        self.process.send(text)

    def run(self, code, expected):
        """Types a cell of one line, waits for `expected` and for the next prompt. Returns the match of `expected`."""
        self.type(code + self.enter)
        end = time.monotonic() + TIMEOUT_S
        while not re.compile(expected).search(self.screen, self.seen) and time.monotonic() < end:
            if not self.read(LATE_S):
                self.show_late()
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

    def answer(self, text):
        """Types a line once a question stands on the screen: `getpass` throws away what was typed before."""
        end = time.monotonic() + START_TIMEOUT_S
        while not self.is_asked():
            if time.monotonic() > end:
                raise AssertionError(f"nobody asks for {text!r}. On the screen:\n{self.screen[self.seen:]}")
        self.answered = len(self.screen)
        self.type(text + "\n")

    def is_asked(self):
        """The editor of cells has left the terminal, and what was written last is no whole line."""
        flags = termios.tcgetattr(self.process.child_fd)[3]
        came = self.read(0.1)
        screen = self.screen
        return bool(flags & termios.ICANON) and not came and len(screen) > self.answered and not screen.endswith("\n")

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
        try:
            self.wait_for(r"Do you really want to exit")
            self.type("y\r")
            self.process.expect(pexpect.EOF, timeout=TIMEOUT_S)
        finally:
            self.process.close(force=True)
