import type { ReactNode } from 'react'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button, Icon, SegmentedControl } from '../ui/index.ts'
import { useKiosk } from './model.ts'
import type { Modes } from './modes.ts'
import { useCanSpeak } from './speech.ts'

function ModeButton({ mode, icon, tall }: { readonly mode: keyof Modes; readonly icon: ReactNode; readonly tall: boolean }) {
  const { modes, setModes } = useKiosk()
  const { t } = useMessages()
  return (
    <Button
      icon={modes[mode] ? <Icon.Check aria-hidden="true" /> : icon}
      className={tall ? 'kiosk-mode kiosk-mode-tall' : 'kiosk-mode'}
      aria-pressed={modes[mode]}
      onPress={() => setModes({ ...modes, [mode]: !modes[mode] })}
    >
      {t(`kiosk.access.${mode}`)}
    </Button>
  )
}

function HelpButton({ short }: { readonly short: boolean }) {
  const { session, askHelp } = useKiosk()
  const { t } = useMessages()
  const label = short ? t('kiosk.access.help-short') : t('kiosk.access.help')
  return (
    <Button icon={session.help === 'asked' ? <Icon.Check aria-hidden="true" /> : <Icon.Hand aria-hidden="true" />} className="kiosk-mode" onPress={askHelp}>
      {session.help === 'asked' ? t('kiosk.access.help-asked') : label}
    </Button>
  )
}

/** Languages, help and the modes, all of them: the first screen, in the low third. */
export function FullAccessBar() {
  const { t, language, setLanguage } = useMessages()
  const { landscape, modes } = useKiosk()
  const canSpeak = useCanSpeak(language)
  return (
    <nav className="kiosk-access kiosk-access-full" aria-label={t('kiosk.access.label')}>
      <SegmentedControl
        className="kiosk-languages"
        label={t('kiosk.access.language')}
        value={language}
        onChange={setLanguage}
        segments={[
          { id: 'vi', label: t('shared.language.vi') },
          { id: 'en', label: t('shared.language.en') },
        ]}
      />
      <HelpButton short={modes.large && !landscape} />
      <div className="kiosk-modes">
        <ModeButton mode="large" icon={<Icon.ALargeSmall aria-hidden="true" />} tall={!landscape} />
        <ModeButton mode="contrast" icon={<Icon.Contrast aria-hidden="true" />} tall={!landscape} />
        {canSpeak ? <ModeButton mode="spoken" icon={<Icon.Volume2 aria-hidden="true" />} tall={!landscape} /> : null}
        {landscape ? null : <ModeButton mode="seated" icon={<Icon.Accessibility aria-hidden="true" />} tall />}
      </div>
    </nav>
  )
}

/** One row of the same on every later screen. */
export function AccessRow() {
  const { t, language, setLanguage } = useMessages()
  const canSpeak = useCanSpeak(language)
  return (
    <nav className="kiosk-access kiosk-access-row" aria-label={t('kiosk.access.label')}>
      <Button icon={<Icon.Languages aria-hidden="true" />} className="kiosk-mode" onPress={() => setLanguage(language === 'vi' ? 'en' : 'vi')}>
        {t('kiosk.access.switch')}
      </Button>
      <ModeButton mode="large" icon={<Icon.ALargeSmall aria-hidden="true" />} tall={false} />
      {canSpeak ? <ModeButton mode="spoken" icon={<Icon.Volume2 aria-hidden="true" />} tall={false} /> : <ModeButton mode="contrast" icon={<Icon.Contrast aria-hidden="true" />} tall={false} />}
      <HelpButton short />
    </nav>
  )
}
