/** `--demo` was given where a real institution lives. */
export class DemoRefused extends Error {
  constructor() {
    super(
      '--demo fills an empty database only, and this one holds an institution. Set DATA_DIR to another folder for a demo.',
    )
    this.name = 'DemoRefused'
  }
}
