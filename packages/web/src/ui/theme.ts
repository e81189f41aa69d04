import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#eef3fc',
  '#dce7f9',
  '#b9cef3',
  '#93b3ec',
  '#7099e4',
  '#5080d9',
  '#3566cb',
  '#2b56b0',
  '#234891',
  '#1b3872',
]

const gray: MantineColorsTuple = [
  '#f7f7f8',
  '#eeeef0',
  '#e2e2e6',
  '#d0d1d6',
  '#b2b4bb',
  '#8b8e97',
  '#686b74',
  '#4d5058',
  '#34363c',
  '#1f2125',
]

/** From text (0) over borders (4) to the page (7): nothing is pure black. */
const dark: MantineColorsTuple = [
  '#e4e5e9',
  '#c6c8ce',
  '#a0a3ac',
  '#72757e',
  '#45484f',
  '#383a41',
  '#292b30',
  '#1b1c20',
  '#17181b',
  '#131417',
]

export const theme = createTheme({
  colors: { accent, gray, dark },
  primaryColor: 'accent',
  primaryShade: 6,
  black: '#1f2125',
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  // Nothing is set smaller than 14 px.
  fontSizes: { xs: '0.875rem', sm: '0.875rem', md: '1rem', lg: '1.125rem', xl: '1.25rem' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.25rem', lineHeight: '1.3' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.4' },
    },
  },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'md' } },
    ActionIcon: { defaultProps: { size: 44, variant: 'subtle' } },
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
    NumberInput: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md' } },
    CheckboxGroup: { defaultProps: { size: 'md' } },
    Checkbox: { defaultProps: { size: 'md' } },
    Radio: { defaultProps: { size: 'md' } },
    SegmentedControl: { defaultProps: { size: 'md' } },
  },
})

/** Mantine's own greys for hints are too faint to read; the rest of our variables stand in theme.css. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-placeholder': gray[6],
    '--mantine-color-dimmed': gray[6],
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': accent[7],
  },
  dark: {
    '--mantine-color-placeholder': dark[2],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-error': '#ff9d94',
    '--mantine-color-anchor': accent[3],
  },
})
