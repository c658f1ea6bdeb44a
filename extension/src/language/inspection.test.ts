import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { docstringIn, inspectionOf, signatureIn } from './inspection.ts';

function reply(data: Readonly<Record<string, unknown>>, found: unknown = true) {
  return { status: 'ok', found, data, metadata: {} };
}

suite('what an inspection says, as Markdown', () => {
  test('Markdown is taken as it is, before plain text', () => {
    assert.equal(inspectionOf(reply({ 'text/markdown': '**bold**', 'text/plain': 'bold' })), '**bold**');
    assert.equal(inspectionOf(reply({ 'text/markdown': ['**bold**\n', 'more'] })), '**bold**\nmore');
  });

  test('plain text is shown as it stands, without the colours of a terminal', () => {
    const coloured = '\u001b[31mSignature:\u001b[39m f(a)\n\u001b[1;31mDocstring:\u001b[0m <no *docstring*>\n';
    assert.equal(
      inspectionOf(reply({ 'text/plain': coloured })),
      '```text\nSignature: f(a)\nDocstring: <no *docstring*>\n```',
    );
  });

  test('code in it does not end it', () => {
    assert.equal(inspectionOf(reply({ 'text/plain': 'a\n````\nb' })), '`````text\na\n````\nb\n`````');
  });

  test('nothing is known', () => {
    assert.equal(inspectionOf(reply({}, false)), undefined);
    assert.equal(inspectionOf(reply({ 'text/plain': 'x' }, 'yes')), undefined);
    assert.equal(inspectionOf(reply({ 'text/plain': ' \n' })), undefined);
    assert.equal(inspectionOf(reply({ 'text/plain': 7, 'text/markdown': [1] })), undefined);
    assert.equal(inspectionOf({ found: true, data: null }), undefined);
  });
});

suite('the signature in what ipykernel says', () => {
  const cases: Readonly<Record<string, readonly [text: string, signature: string | undefined]>> = {
    'of a function': ['Signature: f(a, b=2)\nDocstring: Adds.\nType:      function', 'f(a, b=2)'],
    'with colours': ['\u001b[31mSignature:\u001b[39m  \u001b[0mf\u001b[0m(a)\nType: function', 'f(a)'],
    'over several lines': [
      'Signature:\nprint(\n    *args,\n    sep=" ",\n)\nDocstring:\nPrints the values.',
      'print( *args, sep=" ", )',
    ],
    'of a class': ['Init signature: Box(value: int)\nDocstring:      <no docstring>', 'Box(value: int)'],
    'in the middle': ['Type: function\nSignature: g()\nFile: x', 'g()'],
    'of what has none': ['Type:        int\nString form: 7', undefined],
    'that is empty': ['Signature:\n', undefined],
  };
  for (const [name, [text, signature]] of Object.entries(cases)) {
    test(name, () => assert.equal(signatureIn(reply({ 'text/plain': text })), signature));
  }

  test('of no text', () => {
    assert.equal(signatureIn(reply({ 'text/html': '<b>f(a)</b>' })), undefined);
    assert.equal(signatureIn({}), undefined);
  });
});

suite('the docstring in what ipykernel says', () => {
  const cases: Readonly<Record<string, readonly [text: string, docstring: string | undefined]>> = {
    'of one line': ['Signature: f(a)\nDocstring: Adds.\nFile:      ~/x.py\nType:      function', 'Adds.'],
    'of several': [
      'Docstring:\nPrints.\n\nsep\n  between: values\nType:      builtin',
      'Prints.\n\nsep\n  between: values',
    ],
    'at the end': ['Signature: f(a)\nDocstring: Adds.', 'Adds.'],
    'with colours': ['\u001b[31mDocstring:\u001b[39m Adds.\n\u001b[31mType:\u001b[39m function', 'Adds.'],
    'of a class': ['Init signature: Box(v)\nDocstring:      A box.\nInit docstring: Makes it.\nType: type', 'A box.'],
    'that nobody wrote': ['Signature: f(a)\nDocstring: <no docstring>\nType: function', undefined],
    'that is missing': ['Type:        int\nString form: 7', undefined],
  };
  for (const [name, [text, docstring]] of Object.entries(cases)) {
    test(name, () => assert.equal(docstringIn(reply({ 'text/plain': text })), docstring));
  }
});
