export function EnrolmentHoldsScreen() {
  return null
}
