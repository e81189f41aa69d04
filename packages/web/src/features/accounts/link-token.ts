import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'

/** The secret of a link stands behind its `#`: browsers send that part to nobody. */
export function useLinkToken(): string {
  const hash = useLocation({ select: ({ hash }) => hash })
  const [token, setToken] = useState(hash)
  // Going on from here takes the hash away while this page is still shown: the token stays what it was.
  if (hash !== '' && hash !== token) setToken(hash)
  return token
}
