import * as access from './access.messages';

/** Messages of the sign-in routes: sessions, codes, one's own password. */
export const signInShapes = {
  signIn: { body: access.signInInput, answer: access.session, kind: 'create', secret: true, summary: 'Sign in by phone and password' },
  requestCode: {
    body: access.codeRequestInput,
    answer: access.codeSent,
    kind: 'create',
    secret: true,
    summary: 'Ask for a one-time code by text message',
  },
  signInByCode: { body: access.codeSignInInput, answer: access.session, kind: 'create', secret: true, summary: 'Sign in by one-time code' },
  signOut: { answer: access.done, summary: 'End this sign-in' },
  signOutEverywhere: { answer: access.done, summary: 'End every sign-in of this person' },
  resetPassword: {
    body: access.resetInput,
    answer: access.session,
    kind: 'create',
    secret: true,
    summary: 'Choose a new password by a one-time code',
  },
  putPassword: { body: access.passwordInput, answer: access.done, secret: true, summary: 'Change my password; my other sign-ins end' },
  listSessions: { answer: access.sessions, summary: 'Where I am signed in, the one used last first' },
  endSession: { answer: access.done, summary: 'End one of my sign-ins' },
  me: { answer: access.me, summary: 'Who am I, and what time is it' },
} as const;
