import { useMemo } from 'react'
import { Button as AriaButton, Input, SearchField } from 'react-aria-components'
import { useMessages } from '../i18n/use-messages.tsx'
import { Icon, SegmentedControl } from '../ui/index.ts'
import { AccessRow } from './access-bar.tsx'
import { useDetail } from './detail.tsx'
import type { FrameParts } from './frame.tsx'
import { Keyboard } from './keyboard.tsx'
import { useKiosk, type Hit } from './model.ts'
import { Notices } from './notices.tsx'
import { Pager } from './pager.tsx'
import { Marked, ResultRow } from './result-row.tsx'
import type { FindScreen } from './session.ts'
import { BackButton, TakeButton } from './take-actions.tsx'
import { usePaged } from './use-paged.ts'

/** The hits of the query within the chosen field. */
function useHits(screen: FindScreen): readonly Hit[] {
  const { search } = useKiosk()
  return useMemo(() => {
    const hits = search(screen.query)
    return screen.service === null ? hits : hits.filter((hit) => hit.procedure.service === screen.service)
  }, [search, screen.query, screen.service])
}

function SearchBox({ screen }: { readonly screen: FindScreen }) {
  const { dispatch } = useKiosk()
  const { t } = useMessages()
  const open = () => {
    if (!screen.keyboard) dispatch({ kind: 'keyboard', open: true })
  }
  return (
    <SearchField className="kiosk-search" aria-label={t('kiosk.find.search')} value={screen.query} onChange={(query) => dispatch({ kind: 'query', query })} {...(screen.keyboard ? { 'data-open': true } : {})}>
      <Icon.Search aria-hidden="true" className="kiosk-search-icon" />
      <Input inputMode="none" placeholder={t('kiosk.find.hint')} onClick={open} className="kiosk-search-input" />
      {screen.query === '' ? null : (
        <AriaButton className="kiosk-search-clear" aria-label={t('kiosk.find.clear')} onPress={() => dispatch({ kind: 'query', query: '' })}>
          <Icon.X aria-hidden="true" />
        </AriaButton>
      )}
    </SearchField>
  )
}

function Fields({ screen }: { readonly screen: FindScreen }) {
  const { view, procedures, dispatch } = useKiosk()
  const { t } = useMessages()
  const counted = view.services.map((service) => ({ ...service, count: procedures.filter((one) => one.service === service.id).length }))
  const label = (name: string, count: number) => (
    <span>
      {name} <span className="kiosk-chip-count">{count}</span>
    </span>
  )
  return (
    <SegmentedControl
      className="kiosk-fields"
      label={t('kiosk.find.fields')}
      value={screen.service ?? 'all'}
      onChange={(id) => dispatch({ kind: 'filter', service: id === 'all' ? null : id })}
      segments={[{ id: 'all', label: label(t('kiosk.find.all'), procedures.length) }, ...counted.filter((one) => one.count > 0).map((one) => ({ id: one.id, label: label(one.name, one.count) }))]}
    />
  )
}

function Results({ screen, hits }: { readonly screen: FindScreen; readonly hits: readonly Hit[] }) {
  const { modes, landscape, dispatch } = useKiosk()
  const { t } = useMessages()
  const { attach, ...paged } = usePaged(hits, modes.large && !landscape ? 136 : 112, 12, `${screen.query}|${screen.service ?? ''}`)
  return (
    <div className="kiosk-results">
      <p className="kiosk-count" role="status">
        {hits.length === 0 ? t('kiosk.find.nothing', { query: screen.query.trim() }) : screen.query.trim() === '' ? t('kiosk.find.list', { count: hits.length }) : t('kiosk.find.count', { count: hits.length })}
      </p>
      <div className="kiosk-list" ref={attach}>
        {paged.shown.map((hit) => (
          <ResultRow key={hit.procedure.code} procedure={hit.procedure} title={<Marked text={hit.procedure.shortName} ranges={hit.shortName} />} onPress={() => dispatch({ kind: 'choose', code: hit.procedure.code })} />
        ))}
      </div>
      <Pager paged={paged} />
    </div>
  )
}

function useListParts(screen: FindScreen): FrameParts {
  const { view, dispatch } = useKiosk()
  const { t } = useMessages()
  const hits = useHits(screen)
  const service = view.services.find((one) => one.id === screen.service)
  const keys = <Keyboard value={screen.query} onChange={(query) => dispatch({ kind: 'query', query })} onDone={() => dispatch({ kind: 'keyboard', open: false })} />
  return {
    read: (
      <>
        <h1 className="kiosk-title">{screen.mode === 'ticket' ? t('kiosk.find.title') : t('kiosk.find.browse')}</h1>
        {screen.keyboard ? null : <Notices />}
      </>
    ),
    touch: (
      <>
        <SearchBox screen={screen} />
        {screen.keyboard ? null : <Fields screen={screen} />}
        <Results screen={screen} hits={hits} />
      </>
    ),
    actions: screen.keyboard ? (
      keys
    ) : (
      <>
        <BackButton />
        {service === undefined ? <p className="kiosk-action-hint">{t('kiosk.find.unsure')}</p> : <TakeButton service={service} label={t('kiosk.take.service', { service: service.name })} onPress={() => dispatch({ kind: 'service', service: service.id })} />}
      </>
    ),
    access: <AccessRow />,
  }
}

/** Choosing a procedure, and then what it asks for. */
export function useFindScreen(screen: FindScreen): FrameParts {
  const list = useListParts(screen)
  const detail = useDetail(screen, <SearchBox screen={screen} />)
  return detail ?? list
}
