export type CameraProblem = 'insecure' | 'unsupported' | 'denied' | 'missing' | 'in-use' | 'lost'

/** Why there is no picture, in a word that has a sentence in the translations. */
export class CameraFailure extends Error {
  override readonly name = 'CameraFailure'
  readonly problem: CameraProblem

  constructor(problem: CameraProblem, cause?: unknown) {
    super(`camera ${problem}`, { cause })
    this.problem = problem
  }
}

export type OpenCamera = {
  stream: MediaStream
  /** The camera's name as the browser gives it. */
  label: string
  /** Ends the camera, whatever state it is in; may be called twice. */
  stop: () => void
  /** Called once when somebody else ends it: pulled out, taken by another app, permission withdrawn. */
  onLost: (listener: () => void) => void
}

/**
 * Opens the camera that looks at the student, or at the room for scanning.
 * @throws CameraFailure
 */
export async function openCamera(facing: 'user' | 'environment', signal?: AbortSignal): Promise<OpenCamera> {
  if (!globalThis.isSecureContext) throw new CameraFailure('insecure')
  if (!navigator.mediaDevices?.getUserMedia) throw new CameraFailure('unsupported')
  const stream = await requestStream(facing).catch((error: unknown) => {
    throw new CameraFailure(problemOf(error), error)
  })
  const stop = () => {
    for (const track of stream.getTracks()) track.stop()
  }
  // The page may have gone while the browser was asking.
  if (signal?.aborted) {
    stop()
    throw new CameraFailure('lost')
  }
  signal?.addEventListener('abort', stop, { once: true })
  const track = stream.getVideoTracks()[0]
  if (track === undefined) throw new CameraFailure('missing')
  return {
    stream,
    label: track.label,
    stop,
    onLost: (listener) => track.addEventListener('ended', listener, { once: true }),
  }
}

function requestStream(facing: 'user' | 'environment'): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: {
      facingMode: facing,
      width: { ideal: facing === 'user' ? 640 : 1280 },
      height: { ideal: facing === 'user' ? 480 : 720 },
      frameRate: { ideal: 30, min: 15 },
    },
  })
}

/** The names of the Media Capture specification (W3C), §getUserMedia, step by step. */
function problemOf(error: unknown): CameraProblem {
  const name = error instanceof DOMException ? error.name : error instanceof Error ? error.name : ''
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    case 'NotReadableError':
    case 'AbortError':
      return 'in-use'
    default:
      return 'unsupported'
  }
}
