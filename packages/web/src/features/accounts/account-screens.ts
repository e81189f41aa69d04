export function SignInScreen() {
  return null
}
export function SetUpScreen() {
  return null
}
export function InviteScreen() {
  return null
}
export function TeacherSignUpScreen() {
  return null
}
export function AccountScreen() {
  return null
}
