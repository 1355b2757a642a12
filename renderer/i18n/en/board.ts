import type { SameKeys } from '../message.ts'
import type { board as vi } from '../vi/board.ts'

export const board = {
  'title': 'Call board',
  'call': 'Number',
  'to-counter': 'to counter',
  'counter': 'Counter',
  'recent': 'Just called',
  'recent.counter': 'counter',
  'nobody-yet': 'Take a number and have a seat',
  'nobody-yet.next': 'Called numbers are shown here and read out.',
  'none-recent': 'No number yet',
  'free': 'Free',
  'paused-until': 'Back at {time}',
  'paused': 'On a break',
  'closed': 'Not open',
  'waiting': 'Waiting',
  'age': 'Data {seconds} s old',
  'age.now': 'Data just received',
  'lost': 'No connection since {time}. Listen to the speaker or ask counter 1.',
  'sound': 'Touch to turn sound on',
  'no-notice': 'The board shows ticket and counter numbers only.',
} as const satisfies SameKeys<typeof vi>
