import { copyNumbers, type Numbers, Session, type SessionSetup } from './session.js'

/** Where a model's numbers are: in memory until the first run, then on a device. */
export class NumberStore {
  private session: Session | null = null
  private opening: Promise<unknown> = Promise.resolve()

  constructor(private numbers: Numbers) {}

  /** Copies, as they are between runs. */
  read(): Numbers {
    return this.session ? this.session.read() : copyNumbers(this.numbers)
  }

  write(numbers: Numbers): void {
    if (this.session) this.session.write(numbers)
    else this.numbers = copyNumbers(numbers)
  }

  /**
   * The session for this setup. The one there is stays as long as it fits and its device lives; else its numbers move into a
   * new one.
   * The optimizer's slots come along only while the model is not compiled anew.
   */
  open(setup: SessionSetup): Promise<Session> {
    const opened = this.opening.then(() => this.openNow(setup))
    this.opening = opened.catch(() => undefined)
    return opened
  }

  /** Gives the device's memory back. The numbers stay; the next run takes memory again. */
  async rest(): Promise<void> {
    await this.opening
    if (this.session) this.withdraw(this.session.setup)
  }

  private async openNow(setup: SessionSetup): Promise<Session> {
    if (this.session && !this.session.device.lost && fits(this.session.setup, setup)) return this.session
    this.withdraw(setup)
    const session = await Session.open(setup)
    session.write(this.numbers)
    this.session = session
    return session
  }

  private withdraw({ compiled }: SessionSetup): void {
    if (!this.session) return
    const { weights, optimizer } = this.session.read()
    const kept = this.session.setup.compiled === compiled ? optimizer : new Map()
    this.numbers = { weights, optimizer: kept }
    this.session.device.close()
    this.session = null
  }
}

const fits = (present: SessionSetup, wanted: SessionSetup): boolean =>
  present.compiled === wanted.compiled &&
  present.backend === wanted.backend &&
  (wanted.threads === undefined || wanted.threads === present.threads)
