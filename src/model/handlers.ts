/** A function that a deployment file names as the handler of an event. */
export interface DeployedHandler {
  /** Path of the source file without its extension, relative to the audited root. */
  file: string
  /** The file is the main one of the package in that folder. */
  main?: true
  /** Exported name, with dots where it lies deeper. */
  export: string
  /** Name of the function in the deployment file. */
  name: string
  event: 'http' | 'schedule' | 'message' | 'socket' | 'other' | 'route'
  /** Functions of several files that answer one request in turn: those of one group. */
  group?: string
  method?: string
  path?: string
}
