import { Project, type SourceFile } from 'ts-morph'
import { sourceText } from './index.js'

/** Opens files for custom rules: one project in memory, each file parsed once, when it is asked for. */
export function sourceFiles(read: (file: string) => string): (file: string) => SourceFile {
  const project = new Project({ useInMemoryFileSystem: true, skipFileDependencyResolution: true, skipLoadingLibFiles: true, compilerOptions: { allowJs: true } })
  return (file) => {
    const { path, text } = sourceText(file, read(file))
    return project.getSourceFile(`/${path}`) ?? project.createSourceFile(`/${path}`, text)
  }
}
