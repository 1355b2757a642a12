import type { Fee } from '#domain/procedure.ts'
import { formatMoney, formatNumber } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Icon, Kbd, NumberStepper, SegmentedControl } from '../ui/index.ts'
import { feeChoices } from './accept-input.ts'
import { applicableFees } from './form.ts'
import type { PayMethod } from './form-types.ts'
import type { Intake } from './use-intake.ts'

/** Amount of one fee as the station computed it: the lines come back in the order of the choices. */
function amountOf(intake: Intake, index: number): number | null {
  const place = feeChoices(intake.form).findIndex((choice) => choice.fee === index)
  if (place < 0) return 0
  return intake.preview.computing ? null : (intake.preview.last?.fee[place]?.amount ?? null)
}

function FeeRow({ fee, index, intake }: { readonly fee: Fee; readonly index: number; readonly intake: Intake }) {
  const { t } = useMessages()
  const quantity = intake.form.fees[index] ?? 0
  const kind = fee.type === 'PHI' ? t('counter.fee.PHI') : t('counter.fee.LE_PHI')
  const name = [fee.name ?? kind, fee.case].filter((part) => part !== undefined).join(', ')
  const amount = amountOf(intake, index)
  return (
    <div className="ct-fee-row" {...(name.length + fee.unit.length > 18 ? { 'data-long': true } : {})}>
      <span className="ct-fee-name" title={fee.note}>{name} <span className="ct-soft">/ {fee.unit}</span></span>
      <NumberStepper
        label={t('counter.fee.quantity', { name })} value={quantity} min={0} max={999} onChange={(value) => intake.act({ kind: 'fee', fee: index, quantity: value })}
        decreaseLabel={t('shared.less')} increaseLabel={t('shared.plus')}
      />
      <span className="ct-fee-price num">{t('counter.fee.times', { price: formatNumber(fee.amountVnd ?? 0) })}</span>
      <span className="ct-fee-amount num">{amount === null ? '…' : formatNumber(amount)}</span>
    </div>
  )
}

const wayIcons = { vietqr: Icon.QrCode, cash: Icon.Banknote, card: Icon.CreditCard, 'terminal-qr': Icon.ScanQrCode }

function WayIcon({ way }: { readonly way: PayMethod }) {
  const Sign = wayIcons[way]
  return <Sign size={18} aria-hidden="true" />
}

/** What it costs, and how it will be paid. */
export function FeeSection({ intake, payWays }: { readonly intake: Intake; readonly payWays: readonly PayMethod[] }) {
  const { t } = useMessages()
  const { procedure, form, act } = intake
  const total = intake.preview.last?.feeTotal ?? 0
  const applying = procedure === null ? [] : applicableFees(procedure, form.channel)
  const charged = applying.filter((index) => (procedure?.fees[index]?.amountVnd ?? 0) > 0)
  const provincial = applying.some((index) => procedure?.fees[index]?.amountVnd === null)
  const notes = charged.flatMap((index) => procedure?.fees[index]?.note ?? [])
  return (
    <section id="part-fee" aria-labelledby="ct-fee-title">
      <div className="ct-part-head"><h3 id="ct-fee-title">{t('counter.fee')}</h3><Kbd>Alt 5</Kbd></div>
      {provincial ? <p className="ct-soft">{t('counter.fee.province')}</p> : charged.length === 0 ? <p className="ct-soft">{t('counter.fee.none')}</p> : null}
      {charged.map((index) => {
        const fee = procedure?.fees[index]
        return fee === undefined ? null : <FeeRow key={index} fee={fee} index={index} intake={intake} />
      })}
      {notes.length === 0 ? null : <p className="ct-fee-note">{notes.join(' ')} {t('counter.fee.note')}</p>}
      <div className="ct-fee-total"><span>{t('counter.fee.total')}</span><b>{formatMoney(total)}</b></div>
      {total === 0 ? null : (
        <SegmentedControl
          label={t('counter.fee.method')} tone="soft" value={payWays.includes(form.method) ? form.method : 'cash'} onChange={(method) => act({ kind: 'method', method })} className="ct-method"
          segments={payWays.map((way) => ({ id: way, label: <><WayIcon way={way} /> {t(`counter.method.${way}`)}</> }))}
        />
      )}
    </section>
  )
}
