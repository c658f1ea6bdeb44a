import type { SampleNotebook } from './sample.ts';

/** What comes with Node. */
export const nodeModules: readonly SampleNotebook[] = [
  {
    title: 'modules of Node',
    cells: [
      `import * as fs from 'node:fs';
import { readFile } from 'node:fs/promises';
import path, { join } from 'node:path';
import { EventEmitter } from 'node:events';`,
      "const here = path.parse('/tmp/notes.txt');\nconst bytes = Buffer.from('elara');",
    ],
    samples: [
      { complete: 'fs.readF‸', has: ['readFile', 'readFileSync'], lacks: ['readdir'], replaces: 'readF' },
      { complete: "fs.readFileSync('notes.txt', '‸')", has: ['utf8', 'hex', 'base64'], replaces: '' },
      { complete: "fs.readFileSync('notes.txt', { enc‸ })", has: ['encoding'], lacks: ['flag'], replaces: 'enc' },
      { complete: "fs.statSync('.').is‸", has: ['isDirectory', 'isFile'], lacks: ['size'], replaces: 'is' },
      {
        complete: "(await readFile('notes.txt', 'utf8')).toUp‸",
        has: ['toUpperCase'],
        lacks: ['byteLength'],
        replaces: 'toUp',
      },
      { complete: "(await readFile('notes.txt')).read‸", has: ['readInt8', 'readUInt32LE'], replaces: 'read' },
      { complete: 'path.‸', has: ['join', 'resolve', 'sep', 'posix'], lacks: ['readFile'], replaces: '' },
      { complete: 'here.‸', has: ['root', 'dir', 'base', 'ext', 'name'], lacks: ['join'], replaces: '' },
      { complete: "import { res‸ } from 'node:path';", has: ['resolve'], lacks: ['join'], replaces: 'res' },
      { complete: "bytes.toString('‸')", has: ['base64', 'base64url', 'hex', 'utf8'], replaces: '' },
      {
        complete: "new URL('https://example.org/a?b=1').searchParams.get‸",
        has: ['get', 'getAll'],
        lacks: ['append'],
        replaces: 'get',
      },
      { complete: "fs.createReadStream('notes.txt').on('‸', () => {})", has: ['data', 'end', 'error'], replaces: '' },
      { complete: 'new EventEmitter().once‸', has: ['once'], lacks: ['on'], replaces: 'once' },
      { complete: 'process.mem‸', has: ['memoryUsage'], replaces: 'mem' },
      { hover: "jo‸in('a', 'b')", shows: ['join(...paths: string[]): string', 'Join all arguments together'] },
      {
        hover: "readFi‸le('notes.txt', 'utf8')",
        shows: ['readFile(path: ', 'ReadFileOptionsWithStringEncoding | BufferEncoding): Promise<string>'],
      },
      { hover: "fs.exis‸ts('notes.txt', () => {})", shows: ['function exists(path: ', 'deprecated'] },
      { hover: "path.base‸name('/a/b.txt', '.txt')", shows: ['basename(path: string, suffix?: string): string'] },
    ],
  },
];
