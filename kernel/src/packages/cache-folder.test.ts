import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cacheFolder, type Surroundings } from './cache-folder.ts';

const rows: readonly (readonly [title: string, surroundings: Surroundings, folder: string])[] = [
  ['Linux', { env: {}, home: '/home/ada', platform: 'linux' }, '/home/ada/.cache/elara'],
  ['XDG_CACHE_HOME', { env: { XDG_CACHE_HOME: '/fast' }, home: '/home/ada', platform: 'linux' }, '/fast/elara'],
  [
    'a relative XDG_CACHE_HOME, which is to be ignored',
    { env: { XDG_CACHE_HOME: 'fast' }, home: '/home/ada', platform: 'linux' },
    '/home/ada/.cache/elara',
  ],
  ['macOS', { env: {}, home: '/Users/ada', platform: 'darwin' }, '/Users/ada/Library/Caches/elara'],
  [
    'Windows',
    { env: { LOCALAPPDATA: 'D:\\Ada\\Local' }, home: 'C:\\Users\\Ada', platform: 'win32' },
    'D:\\Ada\\Local\\elara\\Cache',
  ],
  [
    'Windows without LOCALAPPDATA',
    { env: {}, home: 'C:\\Users\\Ada', platform: 'win32' },
    'C:\\Users\\Ada\\AppData\\Local\\elara\\Cache',
  ],
  ['ELARA_CACHE', { env: { ELARA_CACHE: '/here' }, home: '/home/ada', platform: 'darwin' }, '/here'],
];
for (const [title, surroundings, folder] of rows) {
  test(`the cache on ${title}`, () => assert.equal(cacheFolder(surroundings), folder));
}
