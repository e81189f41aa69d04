import { expect, it } from 'vitest'
import { toCsv } from './csv.ts'

it('writes a sheet that opens as text, with nothing that a spreadsheet would run', async () => {
  const rows = [
    ['roll_no', 'full_name'],
    ['=1+1', 'Rao, "Asha"'],
    ['7', '@home'],
  ]
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await toCsv(rows).arrayBuffer())
  expect(text).toBe('\uFEFFroll_no,full_name\r\n\'=1+1,"Rao, ""Asha"""\r\n7,\'@home\r\n')
})
