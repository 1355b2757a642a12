import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'

/** The one dialog: at most one at a time, none opened from it. Esc and a press outside close it when `onClose` is given. */
export function Dialog(props: { readonly title: ReactNode; readonly children: ReactNode; readonly actions?: ReactNode; readonly onClose?: () => void; readonly role?: 'dialog' | 'alertdialog' }) {
  return (
    <ModalOverlay
      className="mc-overlay"
      isOpen
      isDismissable={props.onClose !== undefined}
      isKeyboardDismissDisabled={props.onClose === undefined}
      onOpenChange={(open) => {
        if (!open) props.onClose?.()
      }}
    >
      <Modal>
        <AriaDialog className="mc-dialog" role={props.role ?? 'dialog'}>
          <Heading slot="title" className="mc-dialog-title">
            {props.title}
          </Heading>
          {props.children}
          {props.actions === undefined ? null : <div className="mc-dialog-actions">{props.actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
