/** A decoded picture: rows of interleaved R, G, B bytes, top-left first. */
export type Picture = { width: number; height: number; rgb: Uint8Array }

/** A rectangle in pixels; `x`, `y` is its top-left corner and may lie outside the picture. */
export type Rect = { x: number; y: number; width: number; height: number }

export type Point = { x: number; y: number }

/** Source columns (or rows) that one output column is averaged from, with weights that sum to 1. */
type Taps = { start: Int32Array; weights: Float32Array; count: Int32Array; widest: number }

function taps(origin: number, extent: number, outSize: number, limit: number): Taps {
  const scale = extent / outSize
  const widest = Math.max(2, Math.ceil(scale) + 2)
  const start = new Int32Array(outSize)
  const count = new Int32Array(outSize)
  const weights = new Float32Array(outSize * widest)
  for (let i = 0; i < outSize; i++) {
    if (scale > 1) areaTaps(i, origin + i * scale, scale)
    else linearTaps(i, origin + (i + 0.5) * scale - 0.5)
  }
  return { start, weights, count, widest }

  function areaTaps(i: number, from: number, length: number): void {
    const first = Math.floor(from)
    const last = Math.ceil(from + length) - 1
    start[i] = first
    count[i] = Math.min(widest, last - first + 1)
    for (let k = 0; k < widest && first + k <= last; k++) {
      const overlap = Math.min(from + length, first + k + 1) - Math.max(from, first + k)
      weights[i * widest + k] = overlap / length
    }
  }
  function linearTaps(i: number, at: number): void {
    const clamped = Math.min(Math.max(at, -1), limit)
    const first = Math.floor(clamped)
    start[i] = first
    count[i] = 2
    weights[i * widest] = 1 - (clamped - first)
    weights[i * widest + 1] = clamped - first
  }
}

/**
 * Resamples `rect` of the picture to `width` × `height`, edges replicated: exact area average when shrinking, bilinear
 * when enlarging. Returns interleaved R, G, B in 0..255.
 */
export function resample(picture: Picture, rect: Rect, width: number, height: number): Float32Array {
  const across = taps(rect.x, rect.width, width, picture.width)
  const down = taps(rect.y, rect.height, height, picture.height)
  const out = new Float32Array(width * height * 3)
  const row = new Float32Array(picture.width * 3 + 3)
  const [firstColumn, lastColumn] = usedColumns(across, picture.width)
  for (let y = 0; y < height; y++) {
    blendRows(picture, down, y, row, firstColumn, lastColumn)
    blendColumns(row, across, out, y * width * 3, width, picture.width)
  }
  return out
}

function clampIndex(i: number, size: number): number {
  return i < 0 ? 0 : i >= size ? size - 1 : i
}

function usedColumns(across: Taps, size: number): [number, number] {
  const first = clampIndex(across.start[0] as number, size)
  const end = across.start.length - 1
  return [first, clampIndex((across.start[end] as number) + (across.count[end] as number), size)]
}

function blendRows(picture: Picture, down: Taps, y: number, row: Float32Array, from: number, to: number): void {
  const { rgb, width, height } = picture
  let isFirst = true
  for (let k = 0; k < (down.count[y] as number); k++) {
    const weight = down.weights[y * down.widest + k] as number
    if (weight === 0) continue
    const base = clampIndex((down.start[y] as number) + k, height) * width * 3
    if (isFirst) for (let i = from * 3; i < (to + 1) * 3; i++) row[i] = weight * (rgb[base + i] as number)
    else for (let i = from * 3; i < (to + 1) * 3; i++) row[i] = (row[i] as number) + weight * (rgb[base + i] as number)
    isFirst = false
  }
}

function blendColumns(
  row: Float32Array,
  across: Taps,
  out: Float32Array,
  base: number,
  width: number,
  limit: number,
): void {
  for (let x = 0; x < width; x++) {
    let r = 0
    let g = 0
    let b = 0
    for (let k = 0; k < (across.count[x] as number); k++) {
      const weight = across.weights[x * across.widest + k] as number
      const at = clampIndex((across.start[x] as number) + k, limit) * 3
      r += weight * (row[at] as number)
      g += weight * (row[at + 1] as number)
      b += weight * (row[at + 2] as number)
    }
    out[base + x * 3] = r
    out[base + x * 3 + 1] = g
    out[base + x * 3 + 2] = b
  }
}

/** As `resample`, but straight to luma: a third of the work for the models that take grey. */
export function resampleLuma(picture: Picture, rect: Rect, width: number, height: number): Float32Array {
  const across = taps(rect.x, rect.width, width, picture.width)
  const down = taps(rect.y, rect.height, height, picture.height)
  const out = new Float32Array(width * height)
  const row = new Float32Array(picture.width + 1)
  const [first, last] = usedColumns(across, picture.width)
  const { rgb } = picture
  for (let y = 0; y < height; y++) {
    row.fill(0, first, last + 1)
    for (let k = 0; k < (down.count[y] as number); k++) {
      const weight = down.weights[y * down.widest + k] as number
      if (weight === 0) continue
      const base = clampIndex((down.start[y] as number) + k, picture.height) * picture.width * 3
      const [red, green, blue] = [0.299 * weight, 0.587 * weight, 0.114 * weight]
      for (let x = first, i = base + first * 3; x <= last; x++, i += 3)
        row[x] =
          (row[x] as number) + red * (rgb[i] as number) + green * (rgb[i + 1] as number) + blue * (rgb[i + 2] as number)
    }
    for (let x = 0; x < width; x++) {
      let sum = 0
      for (let k = 0; k < (across.count[x] as number); k++)
        sum +=
          (across.weights[x * across.widest + k] as number) *
          (row[clampIndex((across.start[x] as number) + k, picture.width)] as number)
      out[y * width + x] = sum
    }
  }
  return out
}

/** A grey picture: one luma in 0..255 per pixel, row by row. */
export type Grey = { width: number; height: number; luma: Float32Array }

/** The luma of a whole picture. */
export function greyOf(picture: Picture): Grey {
  return greyPart(picture, { x: 0, y: 0, width: picture.width, height: picture.height })
}

/** The luma of the part of a picture that lies in `rect`, whole pixels only; empty when none does. */
export function greyPart({ rgb, width, height }: Picture, rect: Rect): Grey {
  const left = Math.max(0, Math.ceil(rect.x))
  const top = Math.max(0, Math.ceil(rect.y))
  const across = Math.max(0, Math.min(width, Math.floor(rect.x + rect.width)) - left)
  const down = Math.max(0, Math.min(height, Math.floor(rect.y + rect.height)) - top)
  const luma = new Float32Array(across * down)
  for (let y = 0, to = 0; y < down; y++)
    for (let x = 0, from = ((top + y) * width + left) * 3; x < across; x++, from += 3, to++)
      luma[to] = 0.299 * (rgb[from] as number) + 0.587 * (rgb[from + 1] as number) + 0.114 * (rgb[from + 2] as number)
  return { width: across, height: down, luma }
}

/** Channel order and normalisation of a model's input: value = (byte − mean) / scale, per channel in the model's order. */
export type InputNumbers = { colour: 'rgb' | 'bgr'; mean: readonly number[]; scale: readonly number[] }

/** Turns interleaved R, G, B in 0..255 into the planar numbers a model takes. */
export function toPlanar(rgb: Float32Array | Uint8Array, numbers: InputNumbers): Float32Array {
  const size = rgb.length / 3
  const planar = new Float32Array(rgb.length)
  for (let channel = 0; channel < 3; channel++) {
    const source = numbers.colour === 'bgr' ? 2 - channel : channel
    const mean = numbers.mean[channel] ?? 0
    const factor = 1 / (numbers.scale[channel] ?? 1)
    for (let i = 0; i < size; i++) planar[channel * size + i] = ((rgb[i * 3 + source] as number) - mean) * factor
  }
  return planar
}
