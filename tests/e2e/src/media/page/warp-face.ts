// Runs in the browser, as a script of its own: no imports. See animated-loops.ts, which serves it.

type Point3 = { x: number; y: number; z: number }
type FaceMeshResults = { multiFaceLandmarks?: Point3[][] }
type FaceMeshSolution = {
  setOptions(options: { staticImageMode: boolean; maxNumFaces: number; minDetectionConfidence: number }): void
  onResults(listener: (results: FaceMeshResults) => void): void
  send(input: { image: HTMLCanvasElement }): Promise<void>
  close(): Promise<void>
}
declare const FaceMesh: new (options: { locateFile: (file: string) => string }) => FaceMeshSolution

/** Where a face is in a photo: a square, in pixels of the photo, that holds head and shoulders. */
type Source = { photo: string; left: number; top: number; side: number }
/** One frame: how far the head is turned to its own left, how far the lids are shut (0 to 1), where the body sways to. */
type Pose = { yawDegrees: number; lids: number; swayX: number; swayY: number }
type Vertex = { at: Point3; follows: number; lid: { to: Point3; part: number } | null }

const WIDTH = 640
const HEIGHT = 480
/** Height of the face, forehead to chin, in the frame. */
const FACE_HEIGHT = 215
/** The mesh has ten more where it follows the irises. */
const FACE_POINTS = 468
const FACE_CENTRE = { x: 320, y: 235 }

/** Point numbers of MediaPipe's face mesh; `right` is the person's own. The i-th upper point shuts onto the i-th lower. */
const LIDS = [
  {
    upper: [246, 161, 160, 159, 158, 157, 173],
    lower: [7, 163, 144, 145, 153, 154, 155],
    crease: [247, 30, 29, 27, 28, 56, 190],
  },
  {
    upper: [466, 388, 387, 386, 385, 384, 398],
    lower: [249, 390, 373, 374, 380, 381, 382],
    crease: [467, 260, 259, 257, 258, 286, 414],
  },
]
const OVAL = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136,
  172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
]
/** Hair and neck follow the head less the further they are from it. */
const RINGS = [
  { scale: 1.22, follows: 0.9 },
  { scale: 1.5, follows: 0.6 },
  { scale: 1.85, follows: 0.25 },
]

async function loadPhoto(url: string): Promise<ImageBitmap> {
  return createImageBitmap(await (await fetch(url)).blob())
}

function canvasOf(width: number, height: number): { canvas: HTMLCanvasElement; pen: CanvasRenderingContext2D } {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('this browser draws no canvas')
  return { canvas, pen }
}

async function findLandmarks(image: HTMLCanvasElement): Promise<Point3[]> {
  const mesh = new FaceMesh({ locateFile: (file) => `/face_mesh/${file}` })
  mesh.setOptions({ staticImageMode: true, maxNumFaces: 1, minDetectionConfidence: 0.3 })
  const found = Promise.withResolvers<Point3[] | undefined>()
  mesh.onResults((results) => found.resolve(results.multiFaceLandmarks?.[0]))
  await mesh.send({ image })
  const points = await found.promise
  await mesh.close()
  if (!points) throw new Error('the mesh finds no face')
  return points
    .slice(0, FACE_POINTS)
    .map(({ x, y, z }) => ({ x: x * image.width, y: y * image.height, z: z * image.width }))
}

const spanOf = (points: readonly Point3[], axis: 'x' | 'y') => {
  const values = points.map((point) => point[axis])
  return { from: Math.min(...values), to: Math.max(...values) }
}

/** The head and shoulders of the photo, upright and scaled, before a plain wall; and the mesh in its pixels. */
async function layOut(source: Source): Promise<{ picture: HTMLCanvasElement; points: Point3[] }> {
  const photo = await loadPhoto(source.photo)
  const probe = canvasOf(512, 512)
  probe.pen.drawImage(photo, source.left, source.top, source.side, source.side, 0, 0, 512, 512)
  const seen = await findLandmarks(probe.canvas)
  const across = spanOf(seen, 'x')
  const down = spanOf(seen, 'y')
  const [top, chin] = [seen[10], seen[152]]
  if (!top || !chin) throw new Error('the mesh is incomplete')
  const tilt = Math.atan2(chin.x - top.x, chin.y - top.y)
  const scale = FACE_HEIGHT / (down.to - down.from)
  const centre = { x: (across.from + across.to) / 2, y: (down.from + down.to) / 2 }
  const { canvas, pen } = canvasOf(WIDTH, HEIGHT)
  const inner = canvasOf(WIDTH, HEIGHT)
  inner.pen.translate(FACE_CENTRE.x, FACE_CENTRE.y)
  inner.pen.rotate(tilt)
  inner.pen.scale(scale, scale)
  inner.pen.translate(-centre.x, -centre.y)
  inner.pen.imageSmoothingQuality = 'high'
  const reach = 512 / source.side
  inner.pen.drawImage(photo, -source.left * reach, -source.top * reach, photo.width * reach, photo.height * reach)
  inner.pen.resetTransform()
  fadeOut(inner.pen)
  paintWall(pen)
  pen.drawImage(inner.canvas, 0, 0)
  const points = seen.map(({ x, y, z }) => {
    const dx = (x - centre.x) * scale
    const dy = (y - centre.y) * scale
    return {
      x: FACE_CENTRE.x + dx * Math.cos(tilt) - dy * Math.sin(tilt),
      y: FACE_CENTRE.y + dx * Math.sin(tilt) + dy * Math.cos(tilt),
      z: z * scale,
    }
  })
  return { picture: canvas, points }
}

/** Keeps head and shoulders and lets the neighbours in the photo go. */
function fadeOut(pen: CanvasRenderingContext2D): void {
  pen.globalCompositeOperation = 'destination-in'
  pen.save()
  pen.translate(FACE_CENTRE.x, FACE_CENTRE.y + 20)
  pen.scale(1, 1.35)
  const mask = pen.createRadialGradient(0, 0, 140, 0, 0, 190)
  mask.addColorStop(0, 'rgba(0,0,0,1)')
  mask.addColorStop(1, 'rgba(0,0,0,0)')
  pen.fillStyle = mask
  pen.fillRect(-WIDTH, -HEIGHT, 2 * WIDTH, 2 * HEIGHT)
  pen.restore()
  pen.globalCompositeOperation = 'source-over'
}

function paintWall(pen: CanvasRenderingContext2D): void {
  const wall = pen.createLinearGradient(0, 0, WIDTH, HEIGHT)
  wall.addColorStop(0, '#a9adb0')
  wall.addColorStop(1, '#858b90')
  pen.fillStyle = wall
  pen.fillRect(0, 0, WIDTH, HEIGHT)
}

/** Face points, rings about them that follow less and less, and a border that stays. */
function buildVertices(points: readonly Point3[]): { vertices: Vertex[]; pivot: Point3; restingYaw: number } {
  const at = (index: number): Point3 => {
    const point = points[index]
    if (!point) throw new Error(`the mesh has no point ${index}`)
    return point
  }
  const [right, left] = [at(234), at(454)]
  const pivot = { x: (right.x + left.x) / 2, y: FACE_CENTRE.y, z: (right.z + left.z) / 2 }
  const vertices: Vertex[] = points.map((point) => ({ at: point, follows: 1, lid: null }))
  for (const { upper, lower, crease } of LIDS)
    for (const [i, index] of upper.entries()) {
      const to = at(lower[i] ?? index)
      vertices[index] = { at: at(index), follows: 1, lid: { to, part: 1 } }
      const fold = crease[i] ?? index
      vertices[fold] = { at: at(fold), follows: 1, lid: { to, part: 0.25 } }
    }
  for (const ring of RINGS)
    for (const index of OVAL) {
      const { x, y, z } = at(index)
      const out = { x: pivot.x + (x - pivot.x) * ring.scale, y: pivot.y + (y - pivot.y) * ring.scale, z }
      vertices.push({ at: out, follows: ring.follows, lid: null })
    }
  for (let i = 0; i <= 8; i++)
    for (let j = 0; j <= 6; j++)
      if (i % 8 === 0 || j % 6 === 0)
        vertices.push({ at: { x: (i * WIDTH) / 8, y: (j * HEIGHT) / 6, z: pivot.z }, follows: 0, lid: null })
  return { vertices, pivot, restingYaw: Math.atan2(left.z - right.z, left.x - right.x) }
}

/** Where a vertex is in this pose. The head turns about an axis between the ears. */
function place({ at, follows, lid }: Vertex, pivot: Point3, yaw: number, pose: Pose): Point3 {
  const shut = (lid?.part ?? 0) * pose.lids
  const x = at.x + ((lid?.to.x ?? at.x) - at.x) * shut - pivot.x
  const y = at.y + ((lid?.to.y ?? at.y) - at.y) * shut
  const z = at.z + ((lid?.to.z ?? at.z) - at.z) * shut - pivot.z
  const turned = { x: x * Math.cos(yaw) - z * Math.sin(yaw), z: x * Math.sin(yaw) + z * Math.cos(yaw) }
  return {
    x: pivot.x + x + (turned.x - x) * follows + pose.swayX * follows,
    y: y + pose.swayY * follows,
    z: z + (turned.z - z) * follows,
  }
}

/** Bowyer and Watson's algorithm; a thousand points take well under a second. All triangles run the same way round. */
function triangulate(points: readonly { x: number; y: number }[]): number[][] {
  type Circle = { a: number; b: number; c: number; x: number; y: number; radius2: number }
  const all = [...points, { x: -9e3, y: -9e3 }, { x: 9e3, y: -9e3 }, { x: 0, y: 18e3 }]
  const of = (index: number) => all[index] ?? { x: 0, y: 0 }
  const circle = (a: number, b: number, c: number): Circle => {
    const [p, q, r] = [of(a), of(b), of(c)]
    const d = 2 * (p.x * (q.y - r.y) + q.x * (r.y - p.y) + r.x * (p.y - q.y))
    const [p2, q2, r2] = [p, q, r].map((each) => each.x ** 2 + each.y ** 2) as [number, number, number]
    const x = (p2 * (q.y - r.y) + q2 * (r.y - p.y) + r2 * (p.y - q.y)) / d
    const y = (p2 * (r.x - q.x) + q2 * (p.x - r.x) + r2 * (q.x - p.x)) / d
    return { a, b, c, x, y, radius2: (p.x - x) ** 2 + (p.y - y) ** 2 }
  }
  const n = points.length
  let circles = [circle(n, n + 1, n + 2)]
  for (let i = 0; i < n; i++) {
    const { x, y } = of(i)
    const edges = new Map<string, [number, number]>()
    const kept: Circle[] = []
    for (const each of circles) {
      if ((each.x - x) ** 2 + (each.y - y) ** 2 > each.radius2) kept.push(each)
      else
        for (const [from, to] of [
          [each.a, each.b],
          [each.b, each.c],
          [each.c, each.a],
        ] as const) {
          const key = from < to ? `${from}-${to}` : `${to}-${from}`
          if (!edges.delete(key)) edges.set(key, [from, to])
        }
    }
    for (const [from, to] of edges.values()) kept.push(circle(from, to, i))
    circles = kept.filter((each) => Number.isFinite(each.radius2))
  }
  return circles
    .filter(({ a, b, c }) => Math.max(a, b, c) < n)
    .map(({ a, b, c }) => (runsClockwise(of(a), of(b), of(c)) ? [a, c, b] : [a, b, c]))
}

type Flat = { x: number; y: number }
/** On a screen, where y grows downwards. */
function runsClockwise(a: Flat, b: Flat, c: Flat): boolean {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0
}

const VERTEX_SHADER = `
attribute vec3 place; attribute vec2 texel; varying vec2 at;
void main() { at = texel; gl_Position = vec4(place.x / 320.0 - 1.0, 1.0 - place.y / 240.0, place.z / 2000.0, 1.0); }`
/** Every camera's sensor has noise; without it all frames of a rest would be the same. */
const FRAGMENT_SHADER = `
precision highp float; uniform sampler2D picture; uniform float seed; varying vec2 at;
float random(vec2 p) { return fract(sin(dot(p, vec2(12.9898, 78.233)) + seed) * 43758.5453); }
void main() { gl_FragColor = texture2D(picture, at) + (random(gl_FragCoord.xy) + random(gl_FragCoord.yx) - 1.0) * 0.02; }`

function createPainter(picture: HTMLCanvasElement, vertices: readonly Vertex[]) {
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const gl = canvas.getContext('webgl', { antialias: true, preserveDrawingBuffer: true })
  if (!gl) throw new Error('this browser has no WebGL')
  const program = gl.createProgram()
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, VERTEX_SHADER],
    [gl.FRAGMENT_SHADER, FRAGMENT_SHADER],
  ] as const) {
    const shader = gl.createShader(kind)
    if (!shader) throw new Error('no shader')
    gl.shaderSource(shader, text)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  gl.useProgram(program)
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture())
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR)
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB, gl.RGB, gl.UNSIGNED_BYTE, picture)
  const isFace = (index: number) => index < FACE_POINTS
  const all = triangulate(vertices.map((each) => each.at))
  const around = all.filter((triangle) => !triangle.every(isFace)).flat()
  const face = all.filter((triangle) => triangle.every(isFace)).flat()
  const fill = (name: string, size: number, values: Float32Array<ArrayBuffer>) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer())
    gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW)
    const attribute = gl.getAttribLocation(program, name)
    gl.enableVertexAttribArray(attribute)
    gl.vertexAttribPointer(attribute, size, gl.FLOAT, false, 0, 0)
  }
  fill('texel', 2, new Float32Array(vertices.flatMap(({ at }) => [at.x / WIDTH, at.y / HEIGHT])))
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer())
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, new Uint16Array([...around, ...face]), gl.STATIC_DRAW)
  return (places: readonly Point3[], seed: number): string => {
    fill('place', 3, new Float32Array(places.flatMap(({ x, y, z }) => [x, y, z])))
    gl.uniform1f(gl.getUniformLocation(program, 'seed'), seed)
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT)
    gl.disable(gl.DEPTH_TEST)
    gl.disable(gl.CULL_FACE)
    gl.drawElements(gl.TRIANGLES, around.length, gl.UNSIGNED_SHORT, 0)
    // Over it the face alone, without what has turned away: hair and wall lie behind a cheek, never before it.
    gl.enable(gl.DEPTH_TEST)
    gl.enable(gl.CULL_FACE)
    gl.drawElements(gl.TRIANGLES, face.length, gl.UNSIGNED_SHORT, Uint16Array.BYTES_PER_ELEMENT * around.length)
    return canvas.toDataURL('image/jpeg', 0.92)
  }
}

/** Draws one frame for each pose, as data URLs of JPEGs. */
async function warpFace(source: Source, poses: readonly Pose[]): Promise<string[]> {
  const { picture, points } = await layOut(source)
  const { vertices, pivot, restingYaw } = buildVertices(points)
  const paint = createPainter(picture, vertices)
  return poses.map((pose, i) => {
    // Half-way to frontal: further, and the far cheek of a photo taken from the side would tear.
    const yaw = (pose.yawDegrees * Math.PI) / 180 - restingYaw / 2
    return paint(
      vertices.map((vertex) => place(vertex, pivot, yaw, pose)),
      i,
    )
  })
}

Object.assign(window, { warpFace })
