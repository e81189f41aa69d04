/** Written by `npm run -s bench -- fit-fusion`; the data it was fitted on is named there. */
export const FUSION = { bias: 0, network: 0.86, framed: -8.02, moire: -5.88, warmth: -1.04, detail: -0.72 } as const
