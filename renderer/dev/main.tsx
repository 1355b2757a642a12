import { createRoot } from 'react-dom/client'
import { MessagesProvider } from '../i18n/use-messages.tsx'
import '../ui/index.css'
import { devScreens } from './screens.ts'

const query = new URLSearchParams(location.search)
const name = query.get('screen') ?? ''
const page = document.documentElement

function List() {
  return (
    <ul style={{ padding: 24 }}>
      {Object.keys(devScreens).map((screen) => (
        <li key={screen}>
          <a href={`?screen=${screen}`}>{screen}</a>
        </li>
      ))}
    </ul>
  )
}

page.dataset['surface'] = name.split('-')[0] ?? 'counter'
page.dataset['theme'] = query.get('theme') ?? 'light'
page.dataset['text'] = query.get('text') ?? 'normal'
const Screen = devScreens[name] ?? List
const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <MessagesProvider initial={query.get('lang') === 'en' ? 'en' : 'vi'}>
      <Screen />
    </MessagesProvider>,
  )
}
