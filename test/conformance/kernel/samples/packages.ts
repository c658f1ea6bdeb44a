import type { SampleNotebook } from './sample.ts';

/** Packages as they are published, with types of their own or from `@types`. */
export const packages: readonly SampleNotebook[] = [
  {
    title: 'lodash and lodash-es',
    cells: [
      "import _ from 'lodash';\nimport { debounce, groupBy } from 'lodash-es';",
      `const users = [
  { name: 'Ada', age: 36, tags: ['math'] },
  { name: 'Alan', age: 41, tags: ['logic', 'code'] },
];`,
      "const byName = groupBy(users, 'name');\nconst slow = debounce((query: string) => query.length, 100);",
    ],
    samples: [
      { complete: '_.chun‸', has: ['chunk'], replaces: 'chun' },
      { complete: '_.chain(users).‸', has: ['map', 'filter', 'sortBy', 'value'], lacks: ['chunkBy'], replaces: '' },
      { complete: '_.sortBy(users, (user) => user.‸)', has: ['name', 'age', 'tags'], lacks: ['length'], replaces: '' },
      { complete: "_.pick(users[0], '‸')", has: ['name', 'age', 'tags'], replaces: '' },
      { complete: "byName['Ada'].fla‸", has: ['flat', 'flatMap'], replaces: 'fla' },
      { complete: 'slow.‸', has: ['cancel', 'flush', 'call'], lacks: ['then'], replaces: '' },
      {
        complete: '_.mapValues(byName, (group) => group[0].na‸)',
        has: ['name'],
        lacks: ['age'],
        replaces: 'na',
      },
      { complete: "import { deb‸ } from 'lodash-es';", has: ['debounce'], lacks: ['groupBy'], replaces: 'deb' },
      { complete: "import fp from 'lod‸", has: ['lodash', 'lodash-es'], lacks: ['zod'], replaces: 'lod' },
      {
        hover: '_.chu‸nk(users, 2)',
        shows: ['chunk<', '(array: ', 'size?: number): ', 'Creates an array of elements split into groups'],
      },
      { hover: 'byNa‸me', shows: ['const byName: ', 'Dictionary<{ name: string; age: number; tags: string[]; }[]>'] },
      { hover: 'slow.can‸cel()', shows: ['cancel(): void'] },
    ],
  },
  {
    title: 'zod',
    cells: [
      "import { z } from 'zod';",
      `const User = z.object({
  id: z.number().int(),
  email: z.string().optional(),
  role: z.enum(['admin', 'guest']),
  address: z.object({ street: z.string(), zip: z.string() }),
});
type User = z.infer<typeof User>;`,
      `const user: User = { id: 1, role: 'admin', address: { street: 'Main St', zip: '12345' } };
const parsed = User.safeParse(user);`,
    ],
    samples: [
      { complete: 'z.str‸', has: ['string', 'strictObject'], lacks: ['number'], replaces: 'str' },
      { complete: 'User.‸', has: ['parse', 'safeParse', 'extend', 'shape', 'pick'], lacks: ['street'], replaces: '' },
      { complete: 'User.shape.‸', has: ['id', 'email', 'role', 'address'], lacks: ['zip'], replaces: '' },
      { complete: 'user.‸', has: ['id', 'email', 'role', 'address'], lacks: ['parse', 'zip'], replaces: '' },
      { complete: 'user.address.z‸', has: ['zip'], lacks: ['street'], replaces: 'z' },
      { complete: "user.role === '‸'", has: ['admin', 'guest'], replaces: '' },
      {
        complete: "const second: User = { id: 2, role: 'guest', ‸ };",
        has: ['email', 'address'],
        lacks: ['id', 'role'],
        replaces: '',
      },
      { complete: "const third: Partial<User> = { role: 'gu‸' };", has: ['guest'], lacks: ['admin'], replaces: 'gu' },
      { complete: 'if (parsed.success) parsed.data.ro‸', has: ['role'], replaces: 'ro' },
      { complete: 'if (!parsed.success) parsed.error.iss‸', has: ['issues'], replaces: 'iss' },
      { complete: 'type Id = Us‸', has: ['User'], replaces: 'Us' },
      { complete: 'z.string().min(1).tri‸', has: ['trim'], lacks: ['trimEnd'], replaces: 'tri' },
      {
        hover: 'us‸er',
        shows: ['const user: {', 'id: number;', 'role: "admin" | "guest";', 'email?: string | undefined;'],
      },
      { hover: 'User.safePar‸se(user)', shows: ['safeParse(data: unknown, ', 'ZodSafeParseResult<'] },
    ],
  },
];
