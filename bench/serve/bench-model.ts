import { join } from 'node:path'
import { modelFromName } from '../../src/nn/models.js'
import { saveModel } from '../../src/node/model-files.js'
import { Sequential } from '../../src/train/sequential.js'

/** The tutorial's network for CIFAR-10 with random weights, as a file in `folder`: it answers as fast as a trained one. */
export async function writeBenchModel(folder: string): Promise<string> {
  const path = join(folder, 'tutorial.safetensors')
  await saveModel(new Sequential(modelFromName('tutorial').layers([32, 32, 3], 10), { seed: 1 }), path)
  return path
}
