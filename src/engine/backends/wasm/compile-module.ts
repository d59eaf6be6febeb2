import { FoveaError } from '../../../base/errors.js'

/** Compiles a module; where the page forbids that, says what it must allow. */
export async function compileModule(code: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(code)
  } catch (cause) {
    // Browsers have no error of its own for it, only their words.
    if (!/content security policy|\bCSP\b/i.test(String(cause))) throw cause
    throw new FoveaError(
      'Fovea computes in WebAssembly, which the Content-Security-Policy of this page forbids.',
      `Allow it: "script-src 'self' 'wasm-unsafe-eval'".`,
      { cause },
    )
  }
}
