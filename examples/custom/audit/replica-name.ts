import { defineRule } from 'stateless-audit'
import { Node } from 'ts-morph'

/** A rule that reads the syntax: answers must not say which replica gave them. */
export default defineRule({
  id: 'replica-name',
  question: 'scaling',
  alsoAffects: [],
  severity: 'warning',
  summary: 'The name of the replica is read',
  why: 'What clients learn of a replica, they come to depend on: dashboards and scripts then want the same one again.',
  fix: 'Leave the name to logs and metrics, which the platform labels by itself.',
  messages: { read: '{name} names the replica; an answer that holds it differs between two of them' },
  *check(program, { files, sourceFile }) {
    for (const file of files) {
      for (const node of sourceFile(file).getDescendants()) {
        if (!Node.isPropertyAccessExpression(node) || !/^process\.env\.(HOSTNAME|POD_NAME)$/.test(node.getText())) continue
        yield { at: { file, start: node.getStart(), end: node.getEnd() }, symbol: node.getText(), message: 'read', data: { name: node.getText() } }
      }
    }
  },
})
