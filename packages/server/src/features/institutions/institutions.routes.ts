import { changeInstitutionSettings, getInstitutionSettings } from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { changeSettings, getSettings, type SettingsDeps } from './settings.ts'

export function installInstitutions(register: Register, deps: SettingsDeps): void {
  register.json(getInstitutionSettings, ({ actor }) => getSettings(deps, { actor }))
  register.json(changeInstitutionSettings, ({ actor, body }) => changeSettings(deps, { actor, settings: body }))
}
