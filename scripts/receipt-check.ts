import { readFile } from 'node:fs/promises'
import { checkReceiptText } from './receipt-text.ts'

const HELP = `Usage: npm run receipt:check FILE ROOT

Checks a receipt of attendance against the root of its session, as it was printed. Asks no server.
ROOT is the whole number, or its first 16 digits or more; quote it if it has spaces.

Ends with 0 when the mark is proved, 1 when it is not, 2 when nothing could be checked.
`

const [file, ...typed] = process.argv.slice(2)
if (file === undefined || typed.length === 0 || file === '--help' || file === '-h') {
  process.stdout.write(HELP)
  process.exitCode = file === '--help' || file === '-h' ? 0 : 2
} else {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    process.stderr.write(`${file} cannot be read: ${error.message}.\n`)
    return null
  })
  if (text === null) process.exitCode = 2
  else {
    const { isProved, lines } = await checkReceiptText(text, typed.join(' '))
    process.stdout.write(`${lines.join('\n')}\n`)
    process.exitCode = isProved === null ? 2 : isProved ? 0 : 1
  }
}
