/** Written by `npm run -s bench -- fit-fusion`; the data it was fitted on is named there. */
export const FUSION = { bias: 0, network: 1, framed: -12 } as const
