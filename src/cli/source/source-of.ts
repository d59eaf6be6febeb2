import { askedByName, type DataSource, isDatasetName } from './data-source.js'
import { chooseFolder } from './folder-source.js'

/** A data set with a name, or the pictures of a folder as `fovea train` would read them. */
export const sourceOf = async (given: string, { data }: { readonly data?: string }): Promise<DataSource> =>
  isDatasetName(given)
    ? askedByName(given, data)
    : (await chooseFolder(given, data === undefined ? {} : { data })).source
