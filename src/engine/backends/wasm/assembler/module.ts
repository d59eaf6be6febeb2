import { Bytes } from './bytes.js'
import type { ValueType } from './expressions.js'
import { type Callable, FunctionBuilder, type Signature, typeCode } from './function.js'

export interface ModuleOptions {
  /** Whether `madd` may use relaxed SIMD's fused multiply-add. */
  readonly fused?: boolean
}

export interface MemoryImport {
  readonly shared: boolean
  /** In pages of 64 KiB. */
  readonly initial: number
  readonly maximum: number
}

/** Assembles a WebAssembly module: functions over one memory, imported as `env.memory`. */
export class ModuleBuilder {
  private readonly bodies: Bytes[] = []
  private readonly signatures: Signature[] = []
  private readonly exports: { name: string; index: number }[] = []

  constructor(
    private readonly memory: MemoryImport,
    private readonly options: ModuleOptions = {},
  ) {}

  define(
    parameters: readonly ValueType[],
    result: ValueType | null,
    write: (body: FunctionBuilder) => void,
  ): Callable {
    const signature = { parameters, result }
    const body = new FunctionBuilder(signature, this.options.fused)
    write(body)
    this.bodies.push(body.finish())
    return { index: this.signatures.push(signature) - 1, signature }
  }

  export(name: string, callable: Callable): void {
    this.exports.push({ name, index: callable.index })
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    const module = new Bytes().raw(0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0)
    module.raw(1).sized(list(this.signatures.map(writeSignature)))
    module.raw(2).sized(list([this.writeMemory()]))
    module.raw(3).sized(list(this.signatures.map((_, index) => new Bytes().unsigned(index))))
    module
      .raw(7)
      .sized(list(this.exports.map(({ name, index }) => new Bytes().text(name).raw(0).unsigned(index))))
    module.raw(10).sized(list(this.bodies.map(body => new Bytes().sized(body))))
    return Uint8Array.from(module.list)
  }

  private writeMemory(): Bytes {
    const { shared, initial, maximum } = this.memory
    return new Bytes()
      .text('env')
      .text('memory')
      .raw(2, shared ? 3 : 1)
      .unsigned(initial)
      .unsigned(maximum)
  }
}

function list(entries: readonly Bytes[]): Bytes {
  const bytes = new Bytes().unsigned(entries.length)
  for (const entry of entries) bytes.append(entry)
  return bytes
}

function writeSignature({ parameters, result }: Signature): Bytes {
  const bytes = new Bytes()
    .raw(0x60)
    .unsigned(parameters.length)
    .raw(...parameters.map(typeCode))
  return result ? bytes.raw(1, typeCode(result)) : bytes.raw(0)
}
