import type { ChallengeView } from '@app/contract'
import { type Dispatch, type RefObject, useEffect, useReducer, useRef, useState } from 'react'
import { ApiFailure } from '../../api/failure.ts'
import { type Attempt, type AttemptEvent, nextAttempt, type Refusal } from './attempt.ts'
import { CameraFailure, type OpenCamera, openCamera } from './camera.ts'
import { createFaceGuide } from './face-guide.ts'
import type { FaceGuide } from './face-reading.ts'
import { runFaceSequence, type SequenceView } from './face-sequence.ts'
import { createFrameEncoder } from './frame-encoder.ts'
import type { FacePictures } from './frame-recorder.ts'

/** The guide is waited for this long before the first instruction; it joins in later if it takes longer. */
const GUIDE_WAIT_MS = 6_000

export type AttemptCalls<Result> = {
  /** Asks the server for a challenge. */
  start: (signal: AbortSignal) => Promise<ChallengeView>
  /** Asks never to be shown colours; resolves once the present challenge and later ones have none. */
  declineColours: () => Promise<unknown>
  /** Sends the pictures; answers what the server made of them. */
  send: (
    challenge: ChallengeView,
    pictures: FacePictures,
    watch: { onProgress: (part: number) => void; signal: AbortSignal },
  ) => Promise<{ outcome: 'done'; result: Result } | Refusal>
}

type Options<Result> = { calls: AttemptCalls<Result>; needsIntro: boolean; video: RefObject<HTMLVideoElement | null> }

/** Runs tries in front of the camera. The camera is on only while pictures are being taken. */
export function useFaceAttempt<Result>({ calls, needsIntro, video }: Options<Result>) {
  const [attempt, dispatch] = useReducer(
    (now: Attempt<Result>, event: AttemptEvent<Result>) => nextAttempt(now, event),
    needsIntro ? { kind: 'intro' } : { kind: 'opening' },
  )
  const [view, setView] = useState<SequenceView | null>(null)
  const equipment = useEquipment()
  const latestCalls = useRef(calls)
  const hasDeclined = useRef(false)
  useEffect(() => {
    latestCalls.current = calls
  })

  const isInFront = attempt.kind === 'opening' || attempt.kind === 'running'
  const sendable = attempt.kind === 'sending' ? attempt.taken : null

  useEffect(() => {
    if (!isInFront) return
    const leaving = new AbortController()
    void takePictures({
      video,
      equipment,
      calls: latestCalls.current,
      hasDeclined,
      dispatch,
      onView: setView,
      signal: leaving.signal,
    })
    return () => {
      leaving.abort(new DOMException('the camera is not needed any more', 'AbortError'))
      setView(null)
    }
  }, [isInFront, video, equipment])

  useEffect(() => {
    if (sendable === null) return
    const leaving = new AbortController()
    const { challenge, pictures } = sendable
    const onProgress = (part: number) => dispatch({ kind: 'progress', part })
    latestCalls.current.send(challenge, pictures, { onProgress, signal: leaving.signal }).then(
      (answer) => {
        if (leaving.signal.aborted) return
        if (answer.outcome === 'done') dispatch({ kind: 'accepted', result: answer.result })
        else dispatch({ kind: 'refused', refusal: answer })
      },
      (error: unknown) => {
        if (!leaving.signal.aborted) dispatch(failed(error))
      },
    )
    return () => leaving.abort()
  }, [sendable])

  return {
    attempt,
    view,
    start: () => dispatch({ kind: 'start' }),
    resend: () => dispatch({ kind: 'resend' }),
    declineColours() {
      hasDeclined.current = true
      dispatch({ kind: 'colours-declined' })
      latestCalls.current.declineColours().catch(() => {})
    },
  }
}

type Taking<Result> = {
  video: RefObject<HTMLVideoElement | null>
  equipment: Equipment
  calls: AttemptCalls<Result>
  /** Whether the colours were stopped in an earlier try. */
  hasDeclined: RefObject<boolean>
  dispatch: Dispatch<AttemptEvent<Result>>
  onView: (view: SequenceView) => void
  signal: AbortSignal
}

async function takePictures<Result>(taking: Taking<Result>) {
  const { video, equipment, calls, hasDeclined, dispatch, onView, signal } = taking
  const stopWatching = onHidden(() => dispatch({ kind: 'interrupted' }))
  signal.addEventListener('abort', stopWatching, { once: true })
  let camera: OpenCamera | null = null
  try {
    camera = await openCamera('user', signal)
    camera.onLost(() => dispatch({ kind: 'no-camera', problem: 'lost' }))
    const element = video.current
    if (element === null) throw new CameraFailure('unsupported')
    element.srcObject = camera.stream
    await element.play()
    const guide = await equipment.warmGuide(element, GUIDE_WAIT_MS)
    const challenge = await withoutUnwanted(await calls.start(signal), { calls, hasDeclined })
    if (signal.aborted) return
    dispatch({ kind: 'challenged', challenge, at: Date.now() })
    const pictures = await runFaceSequence({
      video: element,
      cameraLabel: camera.label,
      encoder: equipment.encoder(),
      guide,
      actions: challenge.actions,
      colours: challenge.colours,
      signal,
      onView,
    })
    dispatch({ kind: 'taken', pictures })
  } catch (error) {
    if (signal.aborted) return
    dispatch(error instanceof CameraFailure ? { kind: 'no-camera', problem: error.problem } : failed(error))
  } finally {
    stopWatching()
    camera?.stop()
  }
}

/**
 * A phone that is set to less motion is shown no colours: they are declined for its owner before any is seen. So they
 * are for whoever stopped them a moment ago, in case that was not heard.
 */
async function withoutUnwanted<Result>(
  challenge: ChallengeView,
  { calls, hasDeclined }: Pick<Taking<Result>, 'calls' | 'hasDeclined'>,
): Promise<ChallengeView> {
  const isCalm = hasDeclined.current || matchMedia('(prefers-reduced-motion: reduce)').matches
  if (challenge.colours === null || !isCalm) return challenge
  await calls.declineColours()
  return { ...challenge, colours: null }
}

function failed(error: unknown): { kind: 'failed'; failure: ApiFailure; at: number } {
  const failure = error instanceof ApiFailure ? error : new ApiFailure('broken', {}, error)
  return { kind: 'failed', failure, at: Date.now() }
}

function onHidden(listener: () => void): () => void {
  const whenHidden = () => {
    if (document.visibilityState === 'hidden') listener()
  }
  document.addEventListener('visibilitychange', whenHidden)
  return () => document.removeEventListener('visibilitychange', whenHidden)
}

type Equipment = {
  encoder: () => ReturnType<typeof createFrameEncoder>
  warmGuide: (video: HTMLVideoElement, waitMs: number) => Promise<FaceGuide | null>
}

/** Encoder and guide are made when first needed, kept over several tries, and closed with the page. */
function useEquipment(): Equipment {
  const [equipment] = useState(createEquipment)
  useEffect(() => equipment.close, [equipment])
  return equipment
}

function createEquipment() {
  let encoder: ReturnType<typeof createFrameEncoder> | null = null
  let guide: { made: FaceGuide; isWarm: Promise<boolean> } | null = null
  const close = () => {
    encoder?.close()
    guide?.made.close()
    encoder = null
    guide = null
  }
  return {
    close,
    encoder() {
      encoder ??= createFrameEncoder()
      return encoder
    },
    async warmGuide(video: HTMLVideoElement, waitMs: number): Promise<FaceGuide | null> {
      guide ??= warm(video)
      const { made, isWarm } = guide
      const hasWorked = await Promise.race([isWarm, new Promise<true>((resolve) => setTimeout(resolve, waitMs, true))])
      if (hasWorked) return made
      // Words and the clock lead instead; the next try may have more luck.
      guide = null
      return null
    },
  }
}

/** Reads one picture: after that the models are loaded and the graphics chip knows what is coming. */
function warm(video: HTMLVideoElement): { made: FaceGuide; isWarm: Promise<boolean> } {
  const made = createFaceGuide()
  const isWarm = createImageBitmap(video)
    .then(made.read)
    .then(
      () => true,
      () => false,
    )
  return { made, isWarm }
}
