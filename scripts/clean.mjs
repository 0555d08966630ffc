// A build into an old dist would keep the output of files that are gone, and publish it.
import { rmSync } from 'node:fs'

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true })
