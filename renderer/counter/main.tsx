import { startPage } from '../state/index.ts'
import { ConnectedCounter } from './connected-counter.tsx'
import { restoreTheme } from './theme.ts'

restoreTheme()
startPage('counter', <ConnectedCounter />)
