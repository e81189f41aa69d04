import type { InstitutionSettings } from '@app/contract'
import { auditChange } from '../../platform/audit/audit-change.ts'
import { changesBetween } from '../../platform/audit/changes-between.ts'
import type { Database } from '../../platform/db/open.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { findSettings, lockInstitution, setSettings } from './institutions.store.ts'
import { requireLocale, requireTimeZone } from './place.ts'

export type SettingsDeps = { db: Database; now: () => Date }

export async function getSettings({ db }: SettingsDeps, { actor }: { actor: Actor }): Promise<InstitutionSettings> {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, findSettings)
}

/** @throws Failure `bad-input` for a time zone or a language that does not exist */
export async function changeSettings(
  { db, now }: SettingsDeps,
  { actor, settings }: { actor: Actor; settings: InstitutionSettings },
): Promise<InstitutionSettings> {
  requireRole(actor, 'admin')
  requireTimeZone(settings.timeZone)
  requireLocale(settings.locale)
  return db.inInstitution(actor.institutionId, async (tx) => {
    await lockInstitution(tx)
    const changes = changesBetween(await findSettings(tx), settings)
    if (!changes) return settings
    await setSettings(tx, settings)
    await auditChange(tx, actor, { at: now(), action: 'institution-changed', subjectId: null, ...changes })
    return settings
  })
}
