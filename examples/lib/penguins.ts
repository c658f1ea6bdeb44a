/** The Palmer penguins (see ../data/README.md) as typed records. */
import { readFile } from 'node:fs/promises';
import { type CsvRow, parseCsv } from './csv.ts';

export type Species = 'Adelie' | 'Chinstrap' | 'Gentoo';

export interface Penguin {
  species: Species;
  island: string;
  /** Millimetres. */
  billLength: number;
  /** Millimetres. */
  billDepth: number;
  /** Millimetres. */
  flipperLength: number;
  /** Grams. */
  bodyMass: number;
  sex: 'female' | 'male' | undefined;
  year: number;
}

/** The birds that were measured: 342 of the 344. */
export async function loadPenguins(): Promise<Penguin[]> {
  const text = await readFile(new URL('../data/penguins.csv', import.meta.url), 'utf8');
  return parseCsv(text)
    .map(asPenguin)
    .filter(({ bodyMass }) => !Number.isNaN(bodyMass));
}

function asPenguin(row: CsvRow): Penguin {
  const { sex } = row;
  return {
    species: row.species as Species,
    island: row.island ?? '',
    billLength: Number(row.bill_length_mm),
    billDepth: Number(row.bill_depth_mm),
    flipperLength: Number(row.flipper_length_mm),
    bodyMass: Number(row.body_mass_g),
    sex: sex === 'female' || sex === 'male' ? sex : undefined,
    year: Number(row.year),
  };
}
