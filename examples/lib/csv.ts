/** CSV as RFC 4180 has it: quoted fields may hold commas, line ends and doubled quotes. */

/** One row, by the names of the header. */
export type CsvRow = Record<string, string>;

/** Splits CSV text that comes in pieces of any size into lists of fields. */
export class CsvReader {
  #field = '';
  #fields: string[] = [];
  #quoted = false;
  #afterQuote = false;
  #rows: string[][] = [];

  /** Takes the next piece and returns the rows that it completes. */
  push(piece: string): string[][] {
    for (const character of piece) this.#take(character);
    return this.#takeRows();
  }

  /** The last row, where no line end follows it. */
  end(): string[][] {
    if (this.#field !== '' || this.#fields.length > 0) this.#endRow();
    return this.#takeRows();
  }

  #take(character: string): void {
    if (this.#quoted && character !== '"') this.#field += character;
    else if (character === '"') this.#takeQuote();
    else if (character === ',') this.#endField();
    else if (character === '\n') this.#endRow();
    else if (character !== '\r') this.#field += character;
    if (character !== '"') this.#afterQuote = false;
  }

  #takeQuote(): void {
    // A quote right after a closing one stands for itself: "say ""yes""".
    if (this.#afterQuote) this.#field += '"';
    this.#afterQuote = this.#quoted;
    this.#quoted = !this.#quoted;
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#field = '';
  }

  #endRow(): void {
    this.#endField();
    this.#rows.push(this.#fields);
    this.#fields = [];
  }

  #takeRows(): string[][] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }
}

/** All rows of a text whose first line names the columns. */
export function parseCsv(text: string): CsvRow[] {
  const reader = new CsvReader();
  const [header = [], ...rows] = [...reader.push(text), ...reader.end()];
  return rows.map((fields) => asRow(header, fields));
}

/** A stream of text in, a stream of rows out: `readable.pipeThrough(csvRows())`. */
export function csvRows(): TransformStream<string, CsvRow> {
  const reader = new CsvReader();
  let header: string[] | undefined;
  const enqueue = (rows: string[][], controller: TransformStreamDefaultController<CsvRow>): void => {
    for (const fields of rows) {
      if (header === undefined) header = fields;
      else controller.enqueue(asRow(header, fields));
    }
  };
  return new TransformStream({
    transform: (piece, controller) => enqueue(reader.push(piece), controller),
    flush: (controller) => enqueue(reader.end(), controller),
  });
}

function asRow(header: readonly string[], fields: readonly string[]): CsvRow {
  return Object.fromEntries(header.map((name, column) => [name, fields[column] ?? '']));
}
