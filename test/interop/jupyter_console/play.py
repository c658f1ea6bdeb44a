"""Types the cells of an executed notebook into jupyter-console and asserts that it shows the outputs that the notebook holds.

    python play.py EXECUTED_NOTEBOOK

A terminal shows text: `text/plain`, what was printed, and tracebacks. It shows the first state of a display that is updated
later, where a notebook keeps the last one: cells that update or clear are run, and not compared.
"""

import re
import sys

import nbformat

from console import ESCAPE, Console

CELL_TIMEOUT_S = 60
# Nothing new on the screen for so long: what was pasted is shown.
QUIET_S = 0.3

UPDATES = re.compile(r"\.update\(|displayId|display_id|clearOutput|console\.clear|\bprompt\(|\bnpm:|^%npm", re.MULTILINE)


def words(text):
    """Without colours, and with every run of white space alike: lines are wrapped and indented differently."""
    return " ".join(ESCAPE.sub("", text).split())


def shown_texts(cell, shift):
    """What must stand on the screen, in this order. Cells have other numbers here: higher by `shift`."""
    for output in cell.outputs:
        if output.output_type == "stream" and "answers" in cell.metadata.get("elara", {}):
            # Between the words of a question and the next one stands the answer.
            yield from output.text.split()
        elif output.output_type == "stream":
            yield from (line.split("\r")[-1] for line in output.text.splitlines())
        elif output.output_type == "error":
            yield renumbered("\n".join(output.traceback), shift)
        elif "text/plain" in output.data:
            prefix = f"Out[{output.execution_count + shift}]: " if output.output_type == "execute_result" else ""
            yield prefix + renumbered(output.data["text/plain"], shift)


def renumbered(text, shift):
    return re.sub(r"In\[(\d+)\]", lambda cell: f"In[{int(cell[1]) + shift}]", text)


def answers(cell):
    """What a person types when the cell asks."""
    return cell.metadata.get("elara", {}).get("answers", [""] if "prompt(" in cell.source else [])


def play(console, cell, count, shift):
    own = cell.metadata.get("elara", {})
    console.type(f"\x1b[200~{cell.source}\x1b[201~")
    console.wait_until_quiet(QUIET_S)
    before = len(console.screen)
    console.type(console.enter)
    for answer in answers(cell):
        console.answer(answer)
    console.wait_for(rf"In \[{count + 1}\]: ", CELL_TIMEOUT_S)
    if own.get("volatile") or ("answers" not in own and UPDATES.search(cell.source)):
        return
    screen = words(console.screen[before:])
    position = 0
    for text in shown_texts(cell, shift):
        position = screen.find(words(text), position)
        assert position >= 0, f"cell {count}\n{cell.source}\nshould show\n{words(text)}\nand shows\n{screen}"


def main(file):
    notebook = nbformat.read(file, as_version=nbformat.NO_CONVERT)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    console = Console(notebook.metadata.kernelspec.name)
    try:
        # The console's own first cells have counted too.
        shift = console.count - 1
        for count, cell in enumerate(cells, start=console.count):
            play(console, cell, count, shift)
    finally:
        console.close()
    print(f"{len(cells)} cells")


if __name__ == "__main__":
    main(*sys.argv[1:])
