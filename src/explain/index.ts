export { type ModelEdge, type ModelGraph, type ModelNode, modelGraph } from './model-graph.js'
export { type LayerCosts, type ShapeChain, type ShapeChainRow, shapeChain } from './shape-chain.js'
