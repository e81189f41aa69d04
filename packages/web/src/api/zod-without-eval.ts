import { z } from 'zod'

// Schemas are read, not compiled: a page under our content security policy may not make code from text.
// In a file of its own that main.tsx imports first, because a schema decides this when it is made.
z.config({ jitless: true })
