/** What the markers of a JPEG say, read without decoding. */
export type JpegHeader = { kind: 'jpeg'; width: number; height: number } | { kind: 'not-jpeg' } | { kind: 'cut-off' }

/**
 * Walks the markers to the frame header, so that a 100-megapixel picture costs nothing. A file that ends before its
 * pixels, or without its end marker, is `cut-off`.
 */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== 0xd8) return { kind: 'not-jpeg' }
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return { kind: 'not-jpeg' }
    const marker = bytes[at + 1] as number
    if (marker === 0xff) {
      at += 1
      continue
    }
    const length = word(at + 2)
    if (length < 2) return { kind: 'not-jpeg' }
    if (isFrameHeader(marker)) {
      if (at + 10 > bytes.length) return { kind: 'cut-off' }
      // Cameras and canvases write three components; grey and CMYK carry no colour to be read.
      if (bytes[at + 9] !== 3) return { kind: 'not-jpeg' }
      return endOf(word(at + 7), word(at + 5))
    }
    if (marker === 0xda || marker === 0xd9) return { kind: 'not-jpeg' }
    at += 2 + length
  }
  return { kind: 'cut-off' }

  function word(i: number): number {
    return ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0)
  }
  function endOf(width: number, height: number): JpegHeader {
    if (width === 0 || height === 0) return { kind: 'not-jpeg' }
    // Some cameras pad after the end marker; more than a few bytes of padding is not a camera's.
    for (let i = bytes.length - 2; i >= Math.max(2, bytes.length - 18); i--)
      if (bytes[i] === 0xff && bytes[i + 1] === 0xd9) return { kind: 'jpeg', width, height }
    return { kind: 'cut-off' }
  }
}

/** SOF0–SOF15 without DHT (C4), JPG (C8) and DAC (CC). */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}
