import { drawPage } from '../state/start-page.tsx'
import { PairPage } from './page.tsx'
import './pair.css'

drawPage('touchpad', <PairPage />)
