import sax from 'sax'
import { SheetError } from './sheet.ts'

export type XmlHandlers = {
  /** Names come without their prefix. */
  open?: (name: string, attributes: Readonly<Record<string, string>>) => void
  text?: (text: string) => void
  /** True ends the reading. */
  close?: (name: string) => boolean | undefined
}

/**
 * Reads XML as it is inflated; yields after each piece, so that the caller can pass on what has come of it. A document
 * type is refused: entities of one's own are what a small file grows to gigabytes by.
 * @throws SheetError `file-unreadable`
 */
export async function* readXml(chunks: AsyncIterable<Buffer>, handlers: XmlHandlers): AsyncGenerator<void> {
  const parser = sax.parser(true, { position: false })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isDone = false
  parser.onopentag = ({ name, attributes }) => handlers.open?.(localName(name), attributes as Record<string, string>)
  parser.ontext = (text) => handlers.text?.(text)
  parser.oncdata = (text) => handlers.text?.(text)
  parser.onclosetag = (name) => {
    isDone ||= handlers.close?.(localName(name)) === true
  }
  parser.ondoctype = refuse
  parser.onerror = refuse
  for await (const chunk of chunks) {
    parser.write(decode(decoder, chunk))
    yield
    if (isDone) return
  }
  parser.close()
}

/** The same for parts that give nothing until they are read to their end. */
export async function readWholeXml(chunks: AsyncIterable<Buffer>, handlers: XmlHandlers): Promise<void> {
  for await (const _ of readXml(chunks, handlers));
}

function refuse(): never {
  throw new SheetError('file-unreadable')
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk: Buffer): string {
  try {
    return decoder.decode(chunk, { stream: true })
  } catch {
    return refuse()
  }
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)
