import { Modal } from '@mantine/core'
import '@mantine/core/styles/ScrollArea.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/Overlay.css'
import '@mantine/core/styles/ModalBase.css'
import '@mantine/core/styles/Modal.css'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

type DialogProps = {
  title: string
  /** Without it, the dialog has to be answered. */
  onClose?: () => void
  children: ReactNode
}

const AFTER_ANSWER_MS = 600

/** Gives the focus back to what opened the dialog; where that is gone, to the heading of the page. */
function useFocusReturn() {
  const opener = useRef(document.activeElement)
  useEffect(
    () => () => {
      const before = opener.current
      const restore = () => {
        const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body
        const target = isThere ? before : document.querySelector('h1')
        if (document.activeElement === document.body) target?.focus({ preventScroll: true })
      }
      // Once the page has been drawn without the dialog, and again when its answer may have taken the opener away.
      setTimeout(restore)
      setTimeout(restore, AFTER_ANSWER_MS)
    },
    [],
  )
}

/** The one modal dialog. It is there for as long as it is rendered. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const { t } = useTranslation()
  useFocusReturn()
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
