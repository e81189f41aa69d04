/** Red, green, blue: linear light of a screen in [0, 1], or the mean of a patch of a picture in 0..255. */
export type Rgb = readonly [number, number, number]

/** A colour the screen showed, from when on. */
export type FlashStep = { light: Rgb; shownAtMs: number }

/** What was shown, the neutral light first; `palette` is every light that could have been. */
export type FlashShown = { steps: readonly FlashStep[]; endedAtMs: number; palette: readonly Rgb[] }

/** Mean colours of one frame: of the skin, and of what stands behind the person. */
export type LightSample = { atMs: number; face: Rgb; background: Rgb }

/**
 * How the face answered. `unseen`: no change of colour beyond what faces show without any, so that nothing can be said. `agreement` is the correlation of the answer with the colours shown, in [-1, 1]; `inOrder` says that every
 * change looked more like the one that was shown than like one to any other colour of the palette.
 */
export type FlashResponse = { kind: 'unseen' } | { kind: 'seen'; agreement: number; inOrder: boolean }

/** A screen, an exposure and a white balance take this long to come to rest after a change of colour. */
const SETTLE_MS = 250

/** Fewer settled frames of a step say too little. */
const MIN_SAMPLES = 2

/**
 * Change of log chromaticity from which the face has answered: clips of people who turn their head meanwhile reach
 * 0.0144 without any colour, and 0.03 where the screen adds a fifth to the room's light (docs/benchmarks.md).
 */
const MIN_ANSWER = 0.02

/** The same in units of its standard error: frames that vary much by themselves prove nothing. */
const MIN_SIGNAL = 4

/** From when to when each step's colour stands still on the face. */
export function settledWindows(steps: readonly FlashStep[], endedAtMs: number): [from: number, to: number][] {
  return steps.map(({ shownAtMs }, i) => [shownAtMs + SETTLE_MS, steps[i + 1]?.shownAtMs ?? endedAtMs])
}

type Chroma = readonly [number, number]

/**
 * Compares the skin's colour with the colours the screen showed.
 *
 * Skin is close to a diffuse reflector: what reaches the camera is reflectance × (room light + screen light) × gain, per
 * channel. The logarithm of red over green and of blue over green takes exposure away, the same of the background takes
 * the white balance away (the screen's light falls off with the square of the distance, so the background answers less),
 * and the fit leaves a constant and a slow drift free, which are the skin's own colour and the sun behind a cloud. What
 * is left moves, to the first order, in proportion to the screen's red − green and blue − green.
 */
export function flashResponse(samples: readonly LightSample[], shown: FlashShown): FlashResponse {
  const { steps, endedAtMs, palette } = shown
  const seen = settledWindows(steps, endedAtMs).map(([from, to]) =>
    samples.filter(({ atMs }) => atMs >= from && atMs <= to).map(relativeChroma),
  )
  if (seen.some((step) => step.length < MIN_SAMPLES)) return { kind: 'unseen' }
  const times = steps.map((_, i) => i)
  const answers = seen.map(medianOf)
  const lights = steps.map(({ light }) => chromaOf(light))
  const answer = withoutDrift(answers, times)
  const light = withoutDrift(lights, times)
  const signal = rms(answer)
  if (!(signal >= Math.max(MIN_ANSWER, MIN_SIGNAL * standardError(seen, answers)))) return { kind: 'unseen' }
  const gain = dot(answer, light) / dot(light, light)
  const agreement = dot(answer, light) / Math.sqrt(dot(answer, answer) * dot(light, light))
  return {
    kind: 'seen',
    agreement,
    inOrder: gain > 0 && isEachChangeItsOwn(answers, lights, { palette: palette.map(chromaOf), gain }),
  }
}

/** Log chromaticity of the face over that of the background: without exposure, without white balance. */
function relativeChroma({ face, background }: LightSample): Chroma {
  const ratio = (one: number, other: number) => Math.log((one + 1) / (other + 1))
  return [
    ratio(face[0], face[1]) - ratio(background[0], background[1]),
    ratio(face[2], face[1]) - ratio(background[2], background[1]),
  ]
}

const chromaOf = ([red, green, blue]: Rgb): Chroma => [red - green, blue - green]

/**
 * Whether every change of colour went from its own colour to its own, rather than to any other that could have been shown: a drift
 * hardly enters between two neighbours, and one wrong step cannot hide in the fit of the rest.
 */
function isEachChangeItsOwn(
  answers: readonly Chroma[],
  lights: readonly Chroma[],
  { palette, gain }: { palette: readonly Chroma[]; gain: number },
): boolean {
  return lights.every((own, i) => {
    const [before, answer, answerBefore] = [lights[i - 1], answers[i], answers[i - 1]]
    if (!before || !answer || !answerBefore) return true
    const off = (to: Chroma) =>
      Math.hypot(
        answer[0] - answerBefore[0] - gain * (to[0] - before[0]),
        answer[1] - answerBefore[1] - gain * (to[1] - before[1]),
      )
    return palette.every((other) => isSame(other, own) || off(own) < off(other))
  })
}

const isSame = (a: Chroma, b: Chroma) => a[0] === b[0] && a[1] === b[1]

/** What is left of each component when a constant and a slope over `times` are fitted away (least squares). */
function withoutDrift(values: readonly Chroma[], times: readonly number[]): Chroma[] {
  const components = [0, 1].map((component) => {
    const series = values.map((each) => each[component] as number)
    const [meanTime, mean] = [meanOf(times), meanOf(series)]
    const spread = times.reduce((sum, time) => sum + (time - meanTime) ** 2, 0)
    const slope = times.reduce((sum, time, i) => sum + (time - meanTime) * ((series[i] as number) - mean), 0) / spread
    return series.map((each, i) => each - mean - slope * ((times[i] as number) - meanTime))
  })
  return values.map((_, i) => [components[0]?.[i] as number, components[1]?.[i] as number])
}

/** Standard error of a step's answer, from how much the frames of one step differ. */
function standardError(seen: readonly (readonly Chroma[])[], answers: readonly Chroma[]): number {
  let [sum, freedom, samples] = [0, 0, 0]
  for (const [i, step] of seen.entries()) {
    const middle = answers[i] as Chroma
    for (const [a, b] of step) sum += (a - middle[0]) ** 2 + (b - middle[1]) ** 2
    freedom += 2 * (step.length - 1)
    samples += step.length
  }
  return Math.sqrt(sum / Math.max(1, freedom) / (samples / seen.length))
}

function medianOf(values: readonly Chroma[]): Chroma {
  const middle = (component: 0 | 1) => {
    const sorted = values.map((each) => each[component]).toSorted((a, b) => a - b)
    const half = sorted.length >> 1
    return sorted.length % 2 === 1
      ? (sorted[half] as number)
      : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2
  }
  return [middle(0), middle(1)]
}

const meanOf = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length
const dot = (a: readonly Chroma[], b: readonly Chroma[]) =>
  a.reduce((sum, each, i) => sum + each[0] * (b[i]?.[0] as number) + each[1] * (b[i]?.[1] as number), 0)
const rms = (values: readonly Chroma[]) => Math.sqrt(dot(values, values) / (2 * values.length))
