export * from '../../train/callbacks/index.js'
export { csvLogger } from './csv-logger.js'
export { type ModelCheckpointOptions, modelCheckpoint } from './model-checkpoint.js'
export { type TensorBoardOptions, tensorBoard } from './tensor-board.js'
