"""jupyter_kernel_test 0.7 against the installed kernelspec `typescript`, with a sample for every attribute."""

import jupyter_kernel_test as jkt


class TypeScriptKernelTests(jkt.KernelTests):
    kernel_name = "typescript"

    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('to stderr')"

    # Compared as exact sets.
    completion_samples = [
        {"text": "Math.sq", "matches": {"sqrt"}},
        {"text": "decodeURI", "matches": {"decodeURI", "decodeURIComponent"}},
        {"text": "const n: number = Number.isSa", "matches": {"isSafeInteger"}},
        {"text": "`${JSON.str", "matches": {"stringify"}},
        {"text": "process.versions.nod", "matches": {"node"}},
        {"text": "globalThis.noSuchThing", "matches": set()},
    ]

    complete_code_samples = [
        "1",
        "const answer: number = 42;",
        "console.log('hello, world')",
        "function double(x: number): number {\n  return x * 2;\n}",
        "interface Point { x: number; y: number }",
        "enum Color { Red, Green }",
        "`a ${'template'} with } and {`",
        "/* } a comment */ 1 // (",
        "await Promise.resolve(1)",
        "import { join } from 'node:path'",
        "/[(]{/.test('')",
        "",
    ]
    incomplete_code_samples = [
        "const x = {",
        "function double(x: number): number {",
        "class Point {\n  x = 1;",
        "if (true) {\n",
        "`unfinished template ${1 +",
        "/* unfinished comment",
        "[1, 2, 3",
        "console.log(",
        "const sum = 1 +",
        "const identity = <T,>(x: T): T =>",
    ]
    invalid_code_samples = [
        "function function",
        "let 1 = 2",
        "const x = }",
        "class { extends",
        "1 +* 2",
        "return )",
    ]

    code_page_something = "Math.max?"

    code_generate_error = "throw new TypeError('as asked')"

    code_execute_result = [
        {"code": "1 + 1", "result": "2"},
        {"code": "const word: string = 'result'; word.toUpperCase()", "result": "'RESULT'"},
        {"code": "[1, 2, 3].map((x: number): number => x * x)", "result": "[ 1, 4, 9 ]"},
        {"code": "await Promise.resolve({ answer: 42 })", "result": "{ answer: 42 }"},
        {"code": "new Map([['key', 1n]])", "result": "Map(1) { 'key' => 1n }"},
        {
            "code": "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>bold</b>', 'text/plain': 'bold' }) })",
            "mime": "text/html",
            "result": "<b>bold</b>",
        },
    ]

    code_display_data = [
        {"code": "await Deno.jupyter.display(Deno.jupyter.html`<b>bold</b>`)", "mime": "text/html"},
        {"code": "display({ answer: 42 })", "mime": "text/plain"},
        {
            "code": "display({ [Symbol.for('Jupyter.display')]: () => ({ 'image/svg+xml': '<svg xmlns=\"http://www.w3.org/2000/svg\"/>' }) })",
            "mime": "image/svg+xml",
        },
        {"code": "console.table([{ letter: 'A', frequency: 0.08 }])", "mime": "text/html"},
    ]

    # Matches one of the codes of `code_execute_result`, and only that one.
    code_history_pattern = "1 +*"
    supported_history_operations = ("tail", "range", "search")

    code_inspect_sample = "JSON.stringify"

    code_clear_output = "clearOutput()"


class TypeScriptWelcomeTests(jkt.IopubWelcomeTests):
    kernel_name = "typescript"
    support_iopub_welcome = True


class JavaScriptKernelTests(TypeScriptKernelTests):
    kernel_name = "javascript"

    language_name = "javascript"
    file_extension = ".js"

    completion_samples = [
        {"text": "Math.sq", "matches": {"sqrt"}},
        {"text": "decodeURI", "matches": {"decodeURI", "decodeURIComponent"}},
    ]
    complete_code_samples = ["1", "function double(x) {\n  return x * 2;\n}", "await 1"]
    incomplete_code_samples = ["const x = {", "`unfinished ${"]
    invalid_code_samples = ["function function", "let 1 = 2"]
    code_execute_result = [
        {"code": "1 + 1", "result": "2"},
        {"code": "'result'.toUpperCase()", "result": "'RESULT'"},
        {"code": "[1, 2, 3].map((x) => x * x)", "result": "[ 1, 4, 9 ]"},
    ]


# The suite's own classes would be collected beside ours, with no sample at all.
del jkt
