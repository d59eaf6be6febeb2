import { mnistFiles } from '../data/sets/mnist.js'

/** A file as its authors offer it. */
export interface PublishedFile {
  readonly name: string
  readonly url: string
  readonly md5: string
  /** Bytes, where they are known. */
  readonly size?: number
}

/** Where a data set comes from, and how it looks on a disk. */
export interface Publication {
  /** The folder's usual name once unpacked, and its name in the cache. */
  readonly folder: string
  /** The names a reader asks for. */
  readonly contents: readonly string[]
  /** What is fetched: one `.tar.gz` with the contents, or each of the contents as `.gz`. */
  readonly files: readonly PublishedFile[]
}

const gzipped = (base: string, md5s: readonly string[]): PublishedFile[] =>
  mnistFiles.map((name, i) => ({ name: `${name}.gz`, url: `${base}${name}.gz`, md5: md5s[i]! }))

const cifar10: Publication = {
  folder: 'cifar-10-batches-bin',
  contents: [1, 2, 3, 4, 5].map(batch => `data_batch_${batch}.bin`).concat('test_batch.bin'),
  files: [
    {
      name: 'cifar-10-binary.tar.gz',
      url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
      md5: 'c32a1d4ab5d03f1284b67883e8d87530',
      size: 170_052_171,
    },
  ],
}

const mnist: Publication = {
  folder: 'mnist',
  contents: mnistFiles,
  files: gzipped('https://storage.googleapis.com/cvdf-datasets/mnist/', [
    'f68b3c2dcbeaaa9fbdd348bbdeb94873',
    'd53e105ee54ea40749a09fcbcd1e9432',
    '9fb629c4189551a2d022fa330f9573f3',
    'ec29112dd5afa0611ce80d1b7f02629c',
  ]),
}

const fashionMnist: Publication = {
  folder: 'fashion-mnist',
  contents: mnistFiles,
  files: gzipped('http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/', [
    '8d4fb7e6c68d591d4c3dfef9ec88bf0d',
    '25c81989df183df01b3e8a0aad5dffbe',
    'bef4ecab320f06d8554ea6380940ec79',
    'bb300cfdad3c16e7a12a480ee83cd310',
  ]),
}

/** The official addresses and checksums. */
export const publications = { cifar10, mnist, 'fashion-mnist': fashionMnist } as const
