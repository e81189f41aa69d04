/** A score of one comparison or picture, and whether it should be high. */
export type Scored = { score: number; positive: boolean }

/** Area under the ROC curve: the chance that a random positive scores above a random negative, ties counted half. */
export function areaUnderRoc(scored: readonly Scored[]): number {
  const sorted = scored.toSorted((a, b) => a.score - b.score)
  let rankSum = 0
  for (let i = 0; i < sorted.length; ) {
    let end = i
    while (end + 1 < sorted.length && sorted[end + 1]?.score === sorted[i]?.score) end++
    const rank = (i + end) / 2 + 1
    for (let k = i; k <= end; k++) if (sorted[k]?.positive) rankSum += rank
    i = end + 1
  }
  const positives = scored.filter((each) => each.positive).length
  const negatives = scored.length - positives
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives)
}

/** Shares of negatives at or above, and of positives below, a threshold. */
export function errorsAt(scored: readonly Scored[], threshold: number): { far: number; frr: number } {
  let falseAccepts = 0
  let falseRejects = 0
  let positives = 0
  for (const { score, positive } of scored) {
    if (positive) positives++
    if (positive && score < threshold) falseRejects++
    if (!positive && score >= threshold) falseAccepts++
  }
  return { far: falseAccepts / (scored.length - positives), frr: falseRejects / positives }
}

/** Equal error rate: where the two errors cross, mean of both at the nearest threshold. */
export function equalErrorRate(scored: readonly Scored[]): number {
  let best = { gap: Number.POSITIVE_INFINITY, rate: 1 }
  for (const { score } of scored) {
    const { far, frr } = errorsAt(scored, score)
    if (Math.abs(far - frr) < best.gap) best = { gap: Math.abs(far - frr), rate: (far + frr) / 2 }
  }
  return best.rate
}

/** The lowest threshold whose false accept rate is at most `far`, and the true accept rate there; `null` when too few. */
export function operatingPoint(scored: readonly Scored[], far: number) {
  const negatives = scored.filter((each) => !each.positive).map((each) => each.score)
  if (negatives.length * far < 1) return null
  const descending = negatives.toSorted((a, b) => b - a)
  const threshold = (descending[Math.floor(negatives.length * far)] ?? 0) + 1e-6
  return { far, tar: 1 - errorsAt(scored, threshold).frr, threshold }
}

/** Accuracy by cross-validation: the best threshold of the other folds is applied to each fold (LFW's protocol). */
export function crossValidatedAccuracy(scored: readonly Scored[], folds: number): number {
  let correct = 0
  for (let fold = 0; fold < folds; fold++) {
    const threshold = bestThreshold(scored.filter((_, i) => i % folds !== fold))
    for (const each of scored.filter((_, i) => i % folds === fold))
      if (each.score >= threshold === each.positive) correct++
  }
  return correct / scored.length
}

/** What a verification bench says of its pairs: accuracy by ten-fold cross-validation, area under the curve, equal error rate. */
export function verificationFigures(scored: readonly Scored[]) {
  return { accuracy: crossValidatedAccuracy(scored, 10), auc: areaUnderRoc(scored), eer: equalErrorRate(scored) }
}

/** Middle of the range of thresholds that make the fewest errors: a plateau's edge would be luck. */
function bestThreshold(scored: readonly Scored[]): number {
  const sorted = scored.toSorted((a, b) => a.score - b.score)
  let right = sorted.filter((each) => each.positive).length
  let best = { right: 0, from: 0, to: 0 }
  for (const [i, each] of sorted.entries()) {
    right += each.positive ? -1 : 1
    const next = sorted[i + 1]?.score ?? each.score
    if (right > best.right) best = { right, from: each.score, to: next }
    else if (right === best.right) best.to = next
  }
  return (best.from + best.to) / 2
}

/** The `share` quantile (0 to 1) by nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
