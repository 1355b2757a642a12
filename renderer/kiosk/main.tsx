import { startPage } from '../state/index.ts'
import { ConnectedKiosk } from './connected-kiosk.tsx'

startPage('kiosk', <ConnectedKiosk />)
