// Runs before the first paint, so a chosen theme never flashes the other one. A file of its own: no inline script.
;(() => {
  const chosen = localStorage.getItem('colour-scheme')
  const isDark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light')
})()
