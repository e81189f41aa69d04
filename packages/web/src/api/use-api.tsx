import type { Me, ResultOf, RouteSpec } from '@app/contract'
import {
  type QueryKey,
  queryOptions,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'
import type { Ask, AskArguments, Client, JsonRoute } from './client.ts'
import type { ApiFailure } from './failure.ts'
import type { SignInState } from './sign-in-state.ts'

const ApiContext = createContext<Client | null>(null)

export function ApiProvider({ client, children }: { client: Client; children: ReactNode }) {
  return <ApiContext value={client}>{children}</ApiContext>
}

export function useApi(): Client {
  const client = useContext(ApiContext)
  if (client === null) throw new Error('useApi needs an ApiProvider above it')
  return client
}

export function useSignIn(): SignInState {
  const { signIn } = useApi()
  return useSyncExternalStore(signIn.subscribe, signIn.current)
}

/** The person signed in; only for pages behind the sign-in. */
export function useMe(): Me {
  const state = useSignIn()
  if (state.kind !== 'signed-in' && state.kind !== 'ended') throw new Error('useMe is for pages behind the sign-in')
  return state.me
}

/** The key of a route's answer in the query cache: `['GET /api/classes/:classId', { params, … }]`. */
export function readKey(route: RouteSpec, ask?: { params?: unknown; query?: unknown; body?: unknown }): QueryKey {
  const name = `${route.method} ${route.path}`
  if (ask === undefined) return [name]
  return [name, { params: ask.params ?? null, query: ask.query ?? null, body: ask.body ?? null }]
}

/** Options for `useQuery`, `ensureQueryData` and `setQueryData`, so that there is one key to each answer. */
export function readOptions<Route extends JsonRoute>(client: Client, route: Route, ...[ask]: AskArguments<Route>) {
  return queryOptions<ResultOf<Route>, ApiFailure>({
    queryKey: readKey(route, ask ?? {}),
    queryFn: ({ signal }) => {
      const full = { ...(ask ?? {}), signal } as Ask<Route>
      return client.call(route, ...([full] as unknown as AskArguments<Route>))
    },
  })
}

/** Reads a route through the query cache. */
export function useRead<Route extends JsonRoute>(
  route: Route,
  ...ask: AskArguments<Route>
): UseQueryResult<ResultOf<Route>, ApiFailure> {
  return useQuery(readOptions(useApi(), route, ...ask))
}

/** Calls a route that changes something; `changes` names the answers that are stale afterwards. */
export function useSend<Route extends JsonRoute>(
  route: Route,
  { changes = [] }: { changes?: readonly RouteSpec[] } = {},
): UseMutationResult<ResultOf<Route>, ApiFailure, Ask<Route>> {
  const client = useApi()
  const cache = useQueryClient()
  return useMutation<ResultOf<Route>, ApiFailure, Ask<Route>>({
    mutationFn: (ask) => client.call(route, ...([ask] as unknown as AskArguments<Route>)),
    // Not waited for: what is read anew may take away the very row that asked, and its own answer would be lost.
    onSuccess: () => {
      for (const changed of changes) void cache.invalidateQueries({ queryKey: readKey(changed) })
    },
  })
}
