"""What a person does in jupyter-console, with the installed kernelspec `typescript`."""

import unittest

from console import Console


class JupyterConsoleTests(unittest.TestCase):
    def setUp(self):
        self.console = Console("typescript")
        self.addCleanup(self.console.close)

    def test_result_of_an_expression(self):
        self.console.run("const xs: number[] = [1, 2, 3]; xs.map(x => x * 2)", r"Out\[\d+\]: \[ 2, 4, 6 \]")

    def test_printed_text(self):
        self.console.run("console.log('printed ' + 6 * 7)", r"printed 42\n")

    def test_error_of_a_cell(self):
        self.console.run("throw new RangeError('out of ' + 'bounds')", r"RangeError: out of bounds")

    def test_cell_of_several_lines(self):
        # Enter asks is_complete: the console goes on to the next line until the cell is complete.
        console = Console("typescript", asks_is_complete=True)
        self.addCleanup(console.close)
        console.type("function triple(x: number): number {\r")
        console.type("return x * 3; }\r")
        console.wait_for(rf"In \[{console.count + 1}\]: ")
        console.run("triple(14)", r"\b42\b")

    def test_tab_completes_a_live_member(self):
        self.console.run("const planet = { name: 'Elara', magnitude: 16.6 }; planet.name", r"Out\[\d+\]: 'Elara'")
        self.console.type("planet.magn\t")
        self.console.wait_for(r"itude")
        self.console.run(" * 10", r"Out\[\d+\]: 166")

    def test_question_mark_inspects(self):
        self.console.run("function area(width: number, height: number) { return width * height }; 1 + 1", r"Out\[\d+\]: 2")
        self.console.run("area?", r"area\(width: number, height: number\)\s+Defined in In\[\d+\]")

    def test_input_of_the_user(self):
        # What is typed is echoed: the prompt is put together so that only the kernel's own is waited for.
        self.console.type("const who = prompt(['Who', 'are', 'you? '].join(' ')); `hello ${who}`" + self.console.enter)
        self.console.wait_for(r"Who are you\? ")
        self.console.answer("Ada")
        self.console.wait_for(r"Out\[\d+\]: 'hello Ada'")
        self.console.wait_for(r"In \[\d+\]: ")

    def test_control_c_interrupts_a_busy_loop(self):
        self.console.run("var kept = 'kept'; kept", r"Out\[\d+\]: 'kept'")
        self.console.type("console.log('loop' + 'ing'); while (true) {}" + self.console.enter)
        self.console.wait_for(r"looping")
        self.console.type("\x03")
        self.console.wait_for(r"In \[\d+\]: ")
        self.console.run("kept", r"Out\[\d+\]: 'kept'")
