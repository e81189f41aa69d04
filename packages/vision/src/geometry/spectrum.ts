/**
 * How far the strongest single frequency stands out of its surroundings, in standard deviations of the log power at the
 * same radius: the grid of a screen sampled by the grid of a sensor makes such a peak (moiré), skin and cloth do not.
 * `luma` is a square of `size` × `size` pixels at the camera's own resolution; `size` is a power of two. Bona fide
 * faces read 2.1–2.8, a monitor photographed at full resolution 4.8 (docs/benchmarks.md). A monitor that fills less than
 * the sensor's resolution, or is out of focus, shows nothing here.
 */
export function peakFrequency(luma: Float32Array, size: number): number {
  const powerAt = logPower(luma, size)
  const rings = new Map<number, number[]>()
  for (let y = -size / 2; y < size / 2; y++)
    for (let x = 3; x < size / 2; x++) {
      const radius = Math.hypot(x, y)
      // The axes hold the edges of the square and of JPEG blocks; the middle holds the face; the rim holds noise alone.
      if (Math.abs(y) < 3 || radius < 0.14 * size || radius > 0.45 * size) continue
      const ring = Math.floor(radius / 4)
      const values = rings.get(ring) ?? []
      values.push(powerAt(((y + size) % size) * size + x))
      rings.set(ring, values)
    }
  return Math.max(...[...rings.values()].map(standsOut))
}

function standsOut(values: readonly number[]): number {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length
  const spread = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length)
  return spread > 0 ? (Math.max(...values) - mean) / spread : 0
}

/** Log power spectrum of the square under a Hann window, row by row, zero frequency first; of its right half. */
function logPower(luma: Float32Array, size: number): (i: number) => number {
  const mean = luma.reduce((sum, v) => sum + v, 0) / luma.length
  const hann = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (size - 1)))
  const transform = createTransform(size)
  const real = new Float64Array(luma.length)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      real[y * size + x] = ((luma[y * size + x] as number) - mean) * at(hann, x) * at(hann, y)
  const imaginary = new Float64Array(real.length)
  for (let line = 0; line < size; line++) transform(real, imaginary, line * size, 1)
  // The picture is real, so the left half of the spectrum mirrors the right one, which is all that is read.
  for (let column = 0; column < size / 2; column++) transform(real, imaginary, column, size)
  return (i) => Math.log(1e-3 + at(real, i) ** 2 + at(imaginary, i) ** 2)
}

/** Radix-2 fast Fourier transform in place, over `size` values from `start`, `step` apart. */
function createTransform(size: number) {
  const cos = Float64Array.from({ length: size / 2 }, (_, k) => Math.cos((-2 * Math.PI * k) / size))
  const sin = Float64Array.from({ length: size / 2 }, (_, k) => Math.sin((-2 * Math.PI * k) / size))
  const order = Uint16Array.from({ length: size }, (_, i) => reversed(i, Math.log2(size)))
  const re = new Float64Array(size)
  const im = new Float64Array(size)
  return (real: Float64Array, imaginary: Float64Array, start: number, step: number): void => {
    for (let i = 0; i < size; i++) {
      const from = start + (order[i] as number) * step
      re[i] = real[from] as number
      im[i] = imaginary[from] as number
    }
    for (let half = 1; half < size; half *= 2) butterflies(half)
    for (let i = 0; i < size; i++) {
      real[start + i * step] = re[i] as number
      imaginary[start + i * step] = im[i] as number
    }
  }

  function butterflies(half: number): void {
    const stride = size / (2 * half)
    for (let base = 0; base < size; base += 2 * half)
      for (let k = 0; k < half; k++) {
        const low = base + k
        const high = low + half
        const c = cos[k * stride] as number
        const s = sin[k * stride] as number
        const r = (re[high] as number) * c - (im[high] as number) * s
        const i = (re[high] as number) * s + (im[high] as number) * c
        re[high] = (re[low] as number) - r
        im[high] = (im[low] as number) - i
        re[low] = (re[low] as number) + r
        im[low] = (im[low] as number) + i
      }
  }
}

function reversed(value: number, bits: number): number {
  let out = 0
  for (let i = 0; i < bits; i++) out |= ((value >> i) & 1) << (bits - 1 - i)
  return out
}

function at(values: Float64Array, i: number): number {
  return values[i] as number
}
