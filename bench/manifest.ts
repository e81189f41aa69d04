import { readFile } from 'node:fs/promises'

/** Rows of a small CSV file without quotes, keyed by its header. @throws Error when a column is missing */
export async function readRows<Column extends string>(file: string, columns: readonly Column[]) {
  const [header = '', ...lines] = (await readFile(file, 'utf8')).trim().split(/\r?\n/)
  const names = header.split(',')
  for (const column of columns) if (!names.includes(column)) throw new Error(`${file} has no column ${column}`)
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(columns.map((column) => [column, cells[names.indexOf(column)] ?? ''])) as Record<
      Column,
      string
    >
  })
}
