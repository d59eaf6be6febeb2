export * from '../train/callbacks/index.js'
