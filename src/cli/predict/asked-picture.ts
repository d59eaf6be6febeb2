/** A picture somebody asks about. */
export interface AskedPicture {
  /** As it was given; answers carry it. */
  readonly name: string
  /** What messages call it. Default: the name. */
  readonly shown?: string
  /**
   * The bytes of its file.
   *
   * @param shown what messages call it
   */
  bytes(shown: string): Promise<Uint8Array>
}

/** Pictures in the order they were asked about, and where it is known beforehand, which they are. */
export interface AskedPictures {
  readonly names: readonly string[] | null
  readonly pictures: Iterable<AskedPicture> | AsyncIterable<AskedPicture>
}
