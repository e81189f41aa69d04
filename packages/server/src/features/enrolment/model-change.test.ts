import { getEnrolment, getStudentHome, listClassStudents, startCheckIn } from '@app/contract'
import { SIMILARITY_AT_FMR } from '@app/domain'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { showToEnrol, templatesOf } from '../../testing/builders-enrolment.ts'
import { checkIn, readShownFaces } from '../../testing/builders-faces.ts'
import { aliceIn, aRoom } from '../../testing/builders-room.ts'

/** The reader's model, which a test changes as a new release would. */
const faceModel = { name: 'a-model@1', operatingPoints: SIMILARITY_AT_FMR }
let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ readFrames: readShownFaces, faceModel })
})
afterAll(() => test.close())

it('lets each student enrol anew when faces are read by another model, one by one, and keeps the old template', async () => {
  const room = await aRoom(test)
  const ask = () => test.call(startCheckIn, { as: room.alice, params: { sessionId: room.sessionId } })
  faceModel.name = 'a-model@2'
  expect((await ask()).error).toBe('not-enrolled')
  expect((await test.call(getEnrolment, { as: room.alice })).body).toMatchObject({
    face: 'may-enrol-again',
    againBecause: 'model-changed',
    enrolledAt: null,
  })
  expect((await test.call(getStudentHome, { as: room.alice })).body.face).toBe('may-enrol-again')
  const list = await test.call(listClassStudents, { as: room.teacher, params: { classId: room.class.id } })
  expect(list.body.students.map(({ face }) => face)).toEqual(['may-enrol-again', 'may-enrol-again'])

  const shown = { ...aliceIn(room), model: 'a-model@2' }
  expect((await showToEnrol(test, room.alice, shown)).body.outcome).toBe('accepted')
  expect((await templatesOf(test, room.alice)).map(({ model }) => model).sort()).toEqual(['a-model@1', 'a-model@2'])
  expect((await test.call(getEnrolment, { as: room.alice })).body).toMatchObject({
    face: 'enrolled',
    againBecause: null,
  })
  expect((await checkIn(test, room.alice, room.sessionId, shown)).body.outcome).toBe('accepted')
  expect((await showToEnrol(test, room.alice, shown)).error).toBe('enrolled-already')

  faceModel.name = 'a-model@1'
  expect((await test.call(getEnrolment, { as: room.bob })).body).toMatchObject({ face: 'enrolled' })
})
