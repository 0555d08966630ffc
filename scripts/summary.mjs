// Last line of the CI run, from vitest's JSON: `N passed, N failed`.
import { readFileSync } from 'node:fs'

const { numPassedTests, numFailedTests, numTotalTests, numFailedTestSuites, success } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
// A suite that does not even load has no failed test in it, and a run without tests proves nothing.
const failed = numFailedTests || (success ? 0 : Math.max(1, numFailedTestSuites))
process.stdout.write(`${numPassedTests} passed, ${failed} failed\n`)
if (failed > 0 || numTotalTests === 0) process.exitCode = 1
