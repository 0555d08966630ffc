import type { CatalogRow } from '../../model/catalog.js'
import { members } from './build.js'

const SPEAK = ['app', 'ipcMain', 'powerMonitor', 'autoUpdater', 'nativeTheme', 'screen', 'BrowserWindow.new', 'BrowserWindow.new.webContents', 'Tray.new', 'Notification.new', 'WebContentsView.new']
const speakers = ['electron', 'electron/main'].flatMap((module) => SPEAK.map((name) => `${module}#${name}`))

/** What a window or the system tells a program on somebody's desktop is nobody's request; what is begun there runs from the start. */
export const desktopRows: CatalogRow[] = [
  { path: members(speakers, ['on', 'once', 'addListener', 'prependListener']), returns: 'this', run: [{ fn: '1', when: 'startup' }] },
  { path: members(speakers, ['handle', 'handleOnce']), run: [{ fn: '1', when: 'startup' }] },
]
