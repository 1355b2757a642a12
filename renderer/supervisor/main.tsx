import { startPage } from '../state/index.ts'
import { SupervisorPage } from './page.tsx'

startPage('supervisor', <SupervisorPage />)
