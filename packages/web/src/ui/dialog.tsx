import { Modal } from '@mantine/core'
import '@mantine/core/styles/ScrollArea.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/Overlay.css'
import '@mantine/core/styles/ModalBase.css'
import '@mantine/core/styles/Modal.css'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

type DialogProps = {
  title: string
  /** Without it, the dialog has to be answered. */
  onClose?: () => void
  children: ReactNode
}

/** The one modal dialog. It is there for as long as it is rendered. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const { t } = useTranslation()
  const canClose = onClose !== undefined
  return (
    <Modal.Root opened centered onClose={onClose ?? (() => {})} closeOnEscape={canClose} closeOnClickOutside={canClose}>
      <Modal.Overlay />
      <Modal.Content>
        {/* Not a banner of the page, though it is a header element. */}
        <Modal.Header role="none">
          <Modal.Title>{title}</Modal.Title>
          {canClose && <Modal.CloseButton aria-label={t('close')} />}
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
