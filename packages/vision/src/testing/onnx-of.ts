type Dimension = number | string

/** An ONNX file of one node, `output = op(input)` or `op(input, input)`; a named dimension is a free one. */
export function onnxOf(model: {
  shape: readonly Dimension[]
  op: 'Identity' | 'Sqrt' | 'Sub' | 'Concat'
  inputs: 1 | 2
}): Uint8Array {
  const { shape, op, inputs } = model
  const attributes = op === 'Concat' ? [bytes(5, [...text(1, 'axis'), ...varint(3, 0), ...varint(20, 2)])] : []
  const names = Array.from({ length: inputs }, () => text(1, 'input'))
  const node = [...names.flat(), ...text(2, 'output'), ...text(4, op), ...attributes.flat()]
  const free = shape.map((size, i) => (i === 0 ? size : `free${i}`))
  const isOpen = typeof shape[0] === 'string'
  const graph = [
    ...bytes(1, node),
    ...text(2, 'graph'),
    ...bytes(11, valueInfo('input', shape)),
    ...bytes(12, valueInfo('output', isOpen ? free : shape)),
  ]
  return Uint8Array.from([...varint(1, 8), ...bytes(7, graph), ...bytes(8, [...text(1, ''), ...varint(2, 13)])])
}

function valueInfo(name: string, shape: readonly Dimension[]): number[] {
  const dimensions = shape.flatMap((size) => bytes(1, typeof size === 'number' ? varint(1, size) : text(2, size)))
  return [...text(1, name), ...bytes(2, bytes(1, [...varint(1, 1), ...bytes(2, dimensions)]))]
}

/** Fields of the protocol buffer that an ONNX file is. */
function varint(field: number, value: number): number[] {
  return [...base128(field << 3), ...base128(value)]
}
function bytes(field: number, content: readonly number[]): number[] {
  return [...base128((field << 3) | 2), ...base128(content.length), ...content]
}
function text(field: number, content: string): number[] {
  return bytes(field, [...new TextEncoder().encode(content)])
}
function base128(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...base128(value >>> 7)]
}
