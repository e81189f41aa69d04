import { hash, verify } from '@node-rs/argon2'

/** `Algorithm.Argon2id`; the package's enum is a const one, which isolated modules cannot read. */
const ARGON2ID = 2

/** ASVS 5.0 §11.4.2 and OWASP's password storage sheet: Argon2id, 19 MiB, two passes, one lane. */
const COST = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** PHC string with its own salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), COST)
}

/** A hash of nothing anybody can type: checked where there is no account, so that the answer takes as long. */
const NOBODYS_HASH = '$argon2id$v=19$m=19456,t=2,p=1$c21hcnQtYXR0ZW5kYW5jZQ$2m0rGdsS9m1M9Xz3V1jyP6oZ3m0zq0zv7oYk1m5mN9A'

/** Whether the password is that of the hash; `null` costs the same time and is always false. */
export async function passwordFits(passwordHash: string | null, password: string): Promise<boolean> {
  const fits = await verify(passwordHash ?? NOBODYS_HASH, password.normalize('NFC'))
  return fits && passwordHash !== null
}
