import { startPage } from '../state/index.ts'
import { TouchpadPage } from './page.tsx'

startPage('touchpad', <TouchpadPage />)
