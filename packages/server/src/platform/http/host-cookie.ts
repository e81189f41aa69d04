import type { FastifyReply } from 'fastify'

/** A browser takes a `__Host-` cookie only over https (or from localhost), for this host alone and all of its paths. */
export type HostCookieName = `__Host-${string}`

const ATTRIBUTES = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const

export function setHostCookie(
  reply: FastifyReply,
  name: HostCookieName,
  { value, maxAgeSeconds }: { value: string; maxAgeSeconds: number },
): void {
  reply.setCookie(name, value, { ...ATTRIBUTES, maxAge: Math.max(0, Math.floor(maxAgeSeconds)) })
}

export function clearHostCookie(reply: FastifyReply, name: HostCookieName): void {
  reply.setCookie(name, '', { ...ATTRIBUTES, maxAge: 0 })
}
