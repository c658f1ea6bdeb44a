"""Runs unittest suites of this folder; a skipped test is a failed test, and so is one that hangs.

    python run_suites.py FOLDER...

Prints one line a test, what failed, and `N passed, N failed` at the end.
"""

import signal
import sys
import time
import unittest
from pathlib import Path


# jupyter_kernel_test waits for some replies without a bound.
TEST_TIMEOUT_S = 60


def hung(_signal, _frame):
    raise TimeoutError(f"the test did not end in {TEST_TIMEOUT_S} s")


class CountingResult(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.passed = 0
        self.failed = 0
        self.reports = []
        self.trouble = False

    def startTest(self, test):
        super().startTest(test)
        self.trouble = False
        self.started = time.monotonic()
        signal.alarm(TEST_TIMEOUT_S)

    def stopTest(self, test):
        signal.alarm(0)
        super().stopTest(test)
        self.failed += self.trouble
        self.passed += not self.trouble
        verdict = "FAILED" if self.trouble else "ok"
        print(f"{verdict:6} {test.id()} ({time.monotonic() - self.started:.1f} s)", flush=True)

    def report(self, test, text):
        self.trouble = True
        self.reports.append(f"\n--- {test.id()} {getattr(test, '_subDescription', str)()}\n{text}")
        # A class or a module that does not set up has no test that is started and stopped.
        if isinstance(test, unittest.suite._ErrorHolder):
            self.failed += 1
            print(f"FAILED {test.id()}", flush=True)

    def addFailure(self, test, err):
        self.report(test, self._exc_info_to_string(err, test))

    addError = addFailure

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.report(subtest, self._exc_info_to_string(err, test))

    def addSkip(self, test, reason):
        self.report(test, f"skipped: {reason}")

    def addExpectedFailure(self, test, err):
        self.report(test, "expected failures are not allowed")

    def addUnexpectedSuccess(self, test):
        self.report(test, "expected failures are not allowed")


def main(folders):
    signal.signal(signal.SIGALRM, hung)
    result = CountingResult()
    suite = unittest.TestSuite()
    for folder in folders:
        path = str(Path(__file__).parent / folder)
        suite.addTests(unittest.TestLoader().discover(path, top_level_dir=path))
    suite.run(result)
    for report in result.reports:
        print(report)
    print(f"\n{result.passed} passed, {result.failed} failed")
    return 0 if result.passed > 0 and result.failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
