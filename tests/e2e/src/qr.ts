import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

const WASM = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')

/** What the one QR in a photo of a screen says. */
export async function readQr(png: Buffer): Promise<string> {
  const wasmBinary = new Uint8Array(await readFile(WASM)).buffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  const [found] = await readBarcodes(new Uint8Array(png), { formats: ['QRCode'] })
  if (!found) throw new Error('there is no QR in the picture')
  return found.text
}
