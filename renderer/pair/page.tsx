import { useState } from 'react'
import { useMessages } from '../i18n/use-messages.tsx'
import { Alert, Button, Logo, TextField } from '../ui/index.ts'

const faults = ['wrong', 'closed', 'not-a-screen', 'away'] as const
type Fault = (typeof faults)[number]

/** The hub's answer to a code: where to go, or why not. */
async function ask(code: string): Promise<{ readonly page: string } | { readonly fault: Fault }> {
  try {
    const response = await fetch('/pair/screen', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code }) })
    const said = (await response.json()) as { readonly page?: string; readonly reason?: string }
    if (said.page !== undefined) return { page: said.page }
    return { fault: faults.find((fault) => fault === said.reason) ?? 'wrong' }
  } catch {
    return { fault: 'away' }
  }
}

/** Asks for the code that is shown at the hub. */
export function PairPage() {
  const { t } = useMessages()
  const [code, setCode] = useState('')
  const [asking, setAsking] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const send = async () => {
    setAsking(true)
    setFault(null)
    const answer = await ask(code)
    setAsking(false)
    if ('page' in answer) location.assign(answer.page)
    else setFault(answer.fault)
  }
  return (
    <main className="pr-page">
      <Logo size={48} />
      <h1>{t('stations.pair.title')}</h1>
      <p>{t('stations.pair.lead')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <TextField label={t('stations.pair.code')} value={code} onChange={setCode} maxLength={9} width="18ch" autoFocus />
        <Button kind="primary" onPress={() => void send()} pending={asking ? t('stations.pair.wait') : undefined}>{t('stations.pair.go')}</Button>
      </form>
      {fault === null ? null : <Alert tone="warn" title={t(`stations.pair.${fault}`)} />}
    </main>
  )
}
