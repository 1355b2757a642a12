import { startPage } from '../state/index.ts'
import { BoardPage } from './page.tsx'

startPage('board', <BoardPage />)
