import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { ApiError, type ResultOf, type RouteSpec } from '@app/contract'
import type { TestAsk } from './app.ts'

/** A server in a process of its own, on a database that a test made: for what happens when such a process dies. */
export type ServerProcess = {
  /** `http://127.0.0.1:…` */
  address: string
  /** Calls a route over the network. `lost` when the connection broke before there was an answer. */
  call<Route extends RouteSpec>(route: Route, ask: TestAsk<Route>): Promise<ProcessReply<Route>>
  /** SIGKILL, as the system does when memory runs out: nothing is finished, nothing is said. */
  kill(): Promise<void>
}

export type ProcessReply<Route extends RouteSpec> =
  | { kind: 'answered'; status: number; body: ResultOf<Route>; error: string | undefined }
  | { kind: 'lost' }

const ENTRY = path.join(import.meta.dirname, 'server-process-entry.ts')

/**
 * Starts the application of the tests on `databaseUrl`, its clock running on from `now`. It reads faces as `readShownFaces`
 * does and knows the tokens of `aPerson`.
 */
export async function startServerProcess(given: { databaseUrl: string; now: Date }): Promise<ServerProcess> {
  const child = spawn(process.execPath, [ENTRY, JSON.stringify(given)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const address = await firstLine(child)
  return {
    address,
    call: (route, ask) => call(address, route, ask),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    },
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the server process has no output')
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error('the server process ended before it listened')
}

type LooseAsk = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }

async function call<Route extends RouteSpec>(
  address: string,
  route: Route,
  ask: TestAsk<Route>,
): Promise<ProcessReply<Route>> {
  const { params, query, body } = ask as LooseAsk
  const url = new URL(
    route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params?.[name]))),
    address,
  )
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, String(value))
  try {
    const reply = await fetch(url, {
      method: route.method,
      headers: {
        ...(ask.as ? { authorization: `Bearer ${ask.as.token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    })
    const answer: unknown = await reply.json()
    const error = reply.ok ? undefined : ApiError.parse(answer).error.code
    return { kind: 'answered', status: reply.status, body: answer as ResultOf<Route>, error }
  } catch {
    return { kind: 'lost' }
  }
}
