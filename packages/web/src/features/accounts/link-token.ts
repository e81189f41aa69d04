import { useLocation } from '@tanstack/react-router'

/** The secret of a link stands behind its `#`: browsers send that part to nobody. */
export function useLinkToken(): string {
  return useLocation({ select: ({ hash }) => hash })
}
