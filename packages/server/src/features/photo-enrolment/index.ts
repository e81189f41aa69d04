export { startForgettingPhotos } from './taking.ts'
